import type { QueueStatus } from '../../../main/contract/queue.ts';
import { useApp, useIn } from '../../appContext.ts';
import { failedJobs } from '../../selectors/jobs.ts';
import { count, timeOfDay, wholeLength } from '../../selectors/numbers.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';
import { FailureCard } from './FailureCard.tsx';

/** What needs a person, who works, what came of it all, and what happened by itself. */
export function Side() {
  const status = useIn('queue', (state) => state.status);
  return (
    <aside className="q-side scroll" aria-label={strings.queue.needsYou}>
      <Failures failedInAll={status?.counts.failed ?? 0} listed={status?.recentFailures.length ?? 0} />
      {status !== null && status.workers.length > 1 && <Workers workers={status.workers} />}
      {status !== null && <Totals status={status} />}
      <Happened notices={status?.notices ?? []} />
    </aside>
  );
}

interface FailuresProps {
  readonly failedInAll: number;
  readonly listed: number;
}

function Failures({ failedInAll, listed }: FailuresProps) {
  const { stores } = useApp();
  const jobs = useIn('queue', (state) => state.jobs);
  const dismissed = useIn('memory', ({ memory }) => memory?.dismissedJobIds ?? null) ?? [];
  const failures = failedJobs(jobs, dismissed);
  const { retryFailed, cleanFailed } = stores.queue.getState();
  const attempt = (act: () => Promise<void>) => () => void stores.troubles.getState().attempt(act);
  const unlisted = failedInAll - listed;
  return (
    <section>
      <header className="q-head">
        <h2>{strings.queue.needsYou}</h2>
        {failedInAll > 1 && (
          <button type="button" className="btn plain small" onClick={attempt(retryFailed)}>
            {strings.queue.retryAll}
          </button>
        )}
        {failedInAll > 0 && (
          <button
            type="button"
            className="btn plain small"
            title={strings.queue.cleanWhat}
            onClick={attempt(cleanFailed)}
          >
            {strings.queue.clean}
          </button>
        )}
      </header>
      {failures.length === 0 && <p className="dim">{strings.queue.nothingNeeded}</p>}
      {failures.map((job) => (
        <FailureCard key={job.id} job={job} />
      ))}
      {unlisted > 0 && <p className="dim num q-more">{strings.queue.moreFailed(unlisted)}</p>}
    </section>
  );
}

/** Every process that works on this library; one alone is nothing to tell. */
function Workers({ workers }: { readonly workers: QueueStatus['workers'] }) {
  const words = strings.queue.workers;
  return (
    <section className="today">
      <h2>{words.title}</h2>
      <dl className="num">
        {workers.map((worker) => (
          <div key={worker.id}>
            <dt>
              {words.role[worker.role]} <span className="dim">{words.process(worker.pid)}</span>
            </dt>
            <dd>{words.jobs(worker.jobIds.length)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Totals({ status }: { readonly status: QueueStatus }) {
  const { totals: words, reviewTotals } = strings.queue;
  const { totals } = status.production;
  const lines: readonly (readonly [string, string])[] = [
    ...(['completed', 'failed', 'cancelled'] as const).map(
      (state) => [words[state], count(status.counts[state])] as const,
    ),
    ...(totals.pauses === 0
      ? []
      : ([
          [reviewTotals.pauses, reviewTotals.pausesAre(totals.pauses, wholeLength(totals.pausedMs / 1000))],
          [reviewTotals.parked, count(totals.parked)],
          [reviewTotals.deferred, count(totals.deferred)],
        ] as const)),
  ];
  return (
    <section className="today">
      <h2>{strings.queue.today}</h2>
      <dl className="num">
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** What happened by itself since the program began, the latest first. */
function Happened({ notices }: { readonly notices: QueueStatus['notices'] }) {
  if (notices.length === 0) {
    return (
      <p className="after">
        <Icon name="shield" />
        <span>{strings.queue.waitingIn}</span>
      </p>
    );
  }
  return (
    <section className="today">
      <h2>{strings.queue.happened}</h2>
      <ul className="happened" aria-label={strings.queue.happened}>
        {notices.toReversed().map(({ text, atMs }, index) => (
          <li key={`${atMs} ${index}`}>
            <time className="dim num">{timeOfDay(atMs)}</time>
            <span>{text}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
