import { useIn } from '../../appContext.ts';
import { failedJobs, workSummary } from '../../selectors/jobs.ts';
import { formatClock } from '../../../main/domain/time.ts';
import type { Job } from '../../../main/domain/job.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';
import { RoomLink } from './RoomLink.tsx';

const sayWhat = (running: readonly Job[]): string => {
  const exports = running.filter((job) => job.kind === 'export').length;
  if (exports > 0) return strings.pill.exports(exports);
  return running.some((job) => job.kind === 'intake') ? strings.pill.intake : strings.pill.other;
};

/** What runs now and what needs a person; gone when there is neither. */
export function StatusPill() {
  const jobs = useIn('queue', (state) => state.jobs);
  const dismissed = useIn('memory', ({ memory }) => memory?.dismissedJobIds ?? null);
  const isPaused = useIn('queue', ({ status }) => status?.paused.includes('all') ?? false);
  const { running, waiting, share } = workSummary(jobs);
  const failures = failedJobs(jobs, dismissed ?? []).length;
  const etas = running.map((job) => job.etaS).filter((etaS) => etaS !== null);
  const isBusy = running.length > 0 || waiting > 0;
  if (!isBusy && failures === 0) return null;
  return (
    <RoomLink to={{ room: 'queue' }} className="pill">
      {running.length > 0 && (
        <span>
          <i
            className="ring"
            style={{ '--p': `${share * 100}%` } as Record<string, string>}
            aria-hidden="true"
          />
          <b>{sayWhat(running)}</b>
          {etas.length > 0 && (
            <span className="dim num">{strings.library.left(formatClock(Math.max(...etas)))}</span>
          )}
        </span>
      )}
      {waiting > 0 && (
        <span>
          {isPaused && <Icon name="pause" />}
          {isPaused ? strings.pill.paused : strings.pill.waiting(waiting)}
        </span>
      )}
      {failures > 0 && (
        <span className="warn">
          <Icon name="warn" />
          {strings.pill.needsYou(failures)}
        </span>
      )}
    </RoomLink>
  );
}
