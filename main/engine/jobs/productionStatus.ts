import type { ProductionStatus } from '../../domain/production.ts';
import type { Hold, LockState } from './productionLock.ts';

/** What the lock means for people: who produces, whether review stands aside, why, since when and until when. */
export function productionStatus(state: LockState): ProductionStatus {
  const { say, holds, openPauses, deferredNow, totals } = state;
  const isHeld = holds.length > 0 && say !== 'running';
  const reviewPaused = say === 'paused' || isHeld;
  const since = openPauses.find(({ cause }) => cause === (say === 'paused' ? 'person' : 'production'));
  const sinceMs = say === 'paused' ? state.saidAtMs : (since?.started_at ?? null);
  return {
    productionActive: holds.length > 0,
    productionInfo: holds.map(toInfo),
    reviewPaused,
    reason: reasonFor(state),
    sinceMs: reviewPaused ? sinceMs : null,
    expiresMs: isHeld && say !== 'paused' ? Math.max(...holds.map(({ expires_at }) => expires_at)) : null,
    override: say === 'auto' ? null : say,
    deferred: reviewPaused ? deferredNow : 0,
    totals: {
      pauses: totals.count,
      pausedMs: totals.totalMs,
      parked: totals.parked,
      deferred: totals.deferred,
    },
  };
}

const toInfo = (hold: Hold): ProductionStatus['productionInfo'][number] => ({
  jobId: hold.job_id,
  label: hold.label,
  episodeId: hold.episode_id,
  level: hold.level,
  token: hold.token,
  startedAtMs: hold.started_at,
  expiresAtMs: hold.expires_at,
});

function reasonFor({ say, holds }: LockState): string | null {
  const [first] = holds;
  switch (say) {
    case 'paused':
      return 'You paused background review.';
    case 'running':
      return first === undefined ? null : 'An export is running; review goes on because you said so.';
    case 'auto': {
      if (first === undefined) return null;
      const names = holds.length === 1 ? first.label : `${holds.length} exports`;
      switch (first.level) {
        case 'all':
          return `Review stands aside while ${names} ${holds.length === 1 ? 'is' : 'are'} made.`;
        case 'show':
          return `Review of the same show stands aside while ${names} ${holds.length === 1 ? 'is' : 'are'} made.`;
        case 'episode':
          return `Review of the same episode stands aside while ${names} ${holds.length === 1 ? 'is' : 'are'} made.`;
      }
    }
  }
}
