import type { Job } from '../../../main/domain/job.ts';
import { formatClock } from '../../../main/domain/time.ts';
import { strings } from '../../strings.ts';

/** A job in one row of a list: what it does now, its share and its time. */
export function Progress({ job }: { readonly job: Job }) {
  const isWaiting = job.state !== 'processing';
  return (
    <span className="ep-state">
      <span className="ep-state-top">
        <b>{isWaiting ? stateInWords(job) : (strings.stages[job.stage ?? ''] ?? '')}</b>
        {job.etaS !== null && <span className="dim num">{strings.library.left(formatClock(job.etaS))}</span>}
      </span>
      <span
        className="bar go"
        role="progressbar"
        aria-label={job.label}
        aria-valuenow={Math.round(job.progress * 100)}
      >
        <i style={{ width: `${job.progress * 100}%` }} />
      </span>
    </span>
  );
}

const stateInWords = (job: Job): string =>
  job.state === 'paused' ? strings.working.paused : strings.working.waiting;
