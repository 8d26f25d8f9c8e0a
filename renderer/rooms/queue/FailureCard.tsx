import { useId, useState } from 'react';
import type { Job } from '../../../main/domain/job.ts';
import { useApp, useIn } from '../../appContext.ts';
import { exportOrder } from '../../selectors/jobs.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';
import { Say } from '../../ui/Say.tsx';

/** A job that failed: what happened, what to do, and the acts. It stays until it is tried again or put aside. */
export function FailureCard({ job }: { readonly job: Job }) {
  const { stores } = useApp();
  const dismissed = useIn('memory', ({ memory }) => memory?.dismissedJobIds ?? null) ?? [];
  const { troubles, queue, memory, arrivals } = stores;
  const [isOpen, setIsOpen] = useState(false);
  const whyId = useId();
  const failure = job.failure;
  const safe = strings.queue.safe[job.kind] ?? strings.queue.clipIsSafe;
  const dismiss = (): Promise<void> =>
    memory.getState().remember({ dismissedJobIds: [...dismissed, job.id].slice(-1000) });
  const acts = (
    <>
      <button
        type="button"
        className="btn edge small"
        onClick={() => void troubles.getState().attempt(() => queue.getState().act('retry', job.id))}
      >
        <Icon name="retry" />
        {strings.acts.retry}
      </button>
      {failure !== null && failure.detail !== '' && (
        <button
          type="button"
          className="btn plain small"
          aria-expanded={isOpen}
          aria-controls={whyId}
          onClick={() => {
            setIsOpen(!isOpen);
          }}
        >
          {strings.queue.why}
        </button>
      )}
      {job.kind === 'intake' && (
        <button
          type="button"
          className="btn plain small"
          onClick={() => {
            void troubles.getState().attempt(dismiss);
            void arrivals.getState().browse();
          }}
        >
          {strings.acts.chooseAgain}
        </button>
      )}
      <button
        type="button"
        className="btn plain small"
        onClick={() => void troubles.getState().attempt(dismiss)}
      >
        {strings.acts.dismiss}
      </button>
    </>
  );
  return (
    <Say tone="bad" title={failure?.title ?? strings.exporting.heldBack} acts={acts}>
      <p className="subject cut">{nameOf(job)}</p>
      {failure !== null && (
        <p>
          {failure.hint} {safe}
        </p>
      )}
      {failure !== null && isOpen && (
        <div className="last-words" id={whyId}>
          {/* The program's own last words, as they were: they are what a search or a report needs. */}
          <pre tabIndex={0}>{failure.detail}</pre>
          <p className="dim">{failure.code}</p>
        </div>
      )}
    </Say>
  );
}

/** A job's label without the preset's id, which is said in words beside it. */
export function nameOf(job: Job): string {
  const order = exportOrder(job);
  return order === undefined ? job.label : job.label.replace(` (${order.preset})`, '');
}
