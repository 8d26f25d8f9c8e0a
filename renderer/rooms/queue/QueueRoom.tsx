import { Lane, type Job } from '../../../main/domain/job.ts';
import { formatClock } from '../../../main/domain/time.ts';
import { useApp, useIn } from '../../appContext.ts';
import { failedJobs, unfinishedJobs } from '../../selectors/jobs.ts';
import { lengthInWords } from '../../selectors/numbers.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';
import { FailureCard } from './FailureCard.tsx';
import { JobRow } from './JobRow.tsx';
import './queue.css';

/** What runs, what waits, and what needs a person. */
export function QueueRoom() {
  const jobs = useIn('queue', (state) => state.jobs);
  const unfinished = unfinishedJobs(jobs);
  const running = unfinished.filter((job) => job.state === 'processing');
  return (
    <div className="stage">
      <TopBar running={running.length} waiting={unfinished.length - running.length} />
      <main className="queue">
        <div className="q-main scroll">
          <Standing running={running} />
          {Lane.options.map((lane) => (
            <LaneList key={lane} lane={lane} jobs={unfinished.filter((job) => job.lane === lane)} />
          ))}
        </div>
        <Side />
      </main>
    </div>
  );
}

function TopBar({ running, waiting }: { readonly running: number; readonly waiting: number }) {
  const { stores } = useApp();
  const isPaused = useIn('queue', ({ status }) => status?.paused.includes('all') ?? false);
  const { pauseAll, resumeAll } = stores.queue.getState();
  return (
    <header className="topbar">
      <h1>{strings.queue.title}</h1>
      <span className="dim num">{strings.queue.summary(running, waiting)}</span>
      <span className="grow" />
      <button
        type="button"
        className={isPaused ? 'btn primary' : 'btn edge'}
        onClick={() => void stores.troubles.getState().attempt(isPaused ? resumeAll : pauseAll)}
      >
        <Icon name={isPaused ? 'play' : 'pause'} />
        {isPaused ? strings.queue.resumeAll : strings.queue.pauseAll}
      </button>
    </header>
  );
}

/** The sum of what runs, or that nothing does. */
function Standing({ running }: { readonly running: readonly Job[] }) {
  const isPaused = useIn('queue', ({ status }) => status?.paused.includes('all') ?? false);
  const share = running.reduce((sum, job) => sum + job.progress, 0) / Math.max(1, running.length);
  const etas = running.map((job) => job.etaS).filter((etaS) => etaS !== null);
  const [only] = running;
  const title = isPaused ? strings.queue.pausedTitle : only === undefined ? strings.queue.empty : now(only);
  const note = isPaused ? strings.queue.pausedWhat : strings.queue.emptyWhat;
  return (
    <section className="stand" aria-label={strings.queue.title}>
      <div className="stand-now">
        {running.length > 0 && (
          <i
            className="ring big"
            style={{ '--p': `${share * 100}%` } as Record<string, string>}
            aria-hidden="true"
          />
        )}
        <div>
          <h2>{title}</h2>
          {etas.length > 0 && (
            <p className="mid num">{strings.library.left(formatClock(Math.max(...etas)))}</p>
          )}
        </div>
      </div>
      <p className="stand-note mid">{running.length > 0 && !isPaused ? strings.working.safe : note}</p>
    </section>
  );
}

const now = (job: Job): string => strings.stageNow[job.stage ?? ''] ?? strings.pill.other;

function LaneList({ lane, jobs }: { readonly lane: Lane; readonly jobs: readonly Job[] }) {
  const [name, about] = strings.queue.lanes[lane];
  if (jobs.length === 0) return null;
  const firstWaiting = jobs.find((job) => job.state === 'pending');
  const running = jobs.filter((job) => job.state === 'processing').length;
  return (
    <section className="lane" aria-label={name}>
      <header>
        <h2>{name}</h2>
        <span className="dim">{about}</span>
        <span className="grow" />
        <span className="num dim">{strings.queue.summary(running, jobs.length - running)}</span>
      </header>
      <ul aria-label={strings.queue.jobs}>
        {jobs.map((job) => (
          <JobRow key={job.id} job={job} isNext={job === firstWaiting} />
        ))}
      </ul>
    </section>
  );
}

function Side() {
  const jobs = useIn('queue', (state) => state.jobs);
  const status = useIn('queue', (state) => state.status);
  const dismissed = useIn('memory', ({ memory }) => memory?.dismissedJobIds ?? null) ?? [];
  const failures = failedJobs(jobs, dismissed);
  const { totals } = strings.queue;
  return (
    <aside className="q-side scroll" aria-label={strings.queue.needsYou}>
      <section>
        <h2>{strings.queue.needsYou}</h2>
        {failures.length === 0 && <p className="dim">{strings.queue.nothingNeeded}</p>}
        {failures.map((job) => (
          <FailureCard key={job.id} job={job} />
        ))}
      </section>
      {status !== null && (
        <section className="today">
          <h2>{strings.queue.today}</h2>
          <dl className="num">
            {(['completed', 'failed', 'cancelled'] as const).map((state) => (
              <div key={state}>
                <dt>{totals[state]}</dt>
                <dd>{status.counts[state]}</dd>
              </div>
            ))}
            {status.etaS !== null && (
              <div>
                <dt>{strings.queue.allDone('').trim()}</dt>
                <dd>{lengthInWords(status.etaS)}</dd>
              </div>
            )}
          </dl>
        </section>
      )}
      <p className="after">
        <Icon name="shield" />
        <span>{strings.queue.waitingIn}</span>
      </p>
    </aside>
  );
}
