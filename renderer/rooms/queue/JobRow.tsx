import type { DragEvent } from 'react';
import { PriorityName, type Job } from '../../../main/domain/job.ts';
import { formatClock } from '../../../main/domain/time.ts';
import { useApp, useIn } from '../../appContext.ts';
import { exportOrder } from '../../selectors/jobs.ts';
import { piecesOf, rateOf, waitOf } from '../../selectors/queue.ts';
import { percent, stageTrack } from '../../selectors/stageTrack.ts';
import { strings } from '../../strings.ts';
import { Cover } from '../../ui/Cover.tsx';
import { Icon } from '../../ui/icons.tsx';
import { StageTrack } from '../../ui/StageTrack.tsx';
import { nameOf } from './FailureCard.tsx';

/** How a waiting job is moved in its lane. */
export interface Place {
  readonly isHeld: boolean;
  readonly isOver: boolean;
  /** With the event that begins a drag, or null when it ends. */
  readonly onHold: (event: DragEvent | null) => void;
  readonly onOver: (event: DragEvent) => void;
  readonly onDrop: (event: DragEvent) => void;
  /** Answers whether the key moved it. */
  readonly onKey: (key: string) => boolean;
}

interface JobRowProps {
  readonly job: Job;
  readonly isNext: boolean;
  /** Missing where jobs are not listed in the order in which they run. */
  readonly place?: Place;
}

/** One job that runs or waits, with its stages and the acts that are possible now. */
export function JobRow({ job, isNext, place }: JobRowProps) {
  const { client } = useApp();
  const overview = useIn('library', ({ episodes }) =>
    episodes?.find(({ episode }) => episode.id === job.episodeId),
  );
  const cover = overview?.hasCover === true ? client.mediaUrl('cover', overview.episode.id) : null;
  const order = exportOrder(job);
  const attempt = job.attempt > 1 ? strings.queue.attempt(job.attempt, job.maxAttempts) : undefined;
  const about =
    order === undefined
      ? [overview?.episode.title, overview && formatClock(overview.episode.durationS), attempt]
      : [strings.presets[order.preset], overview?.episode.title, attempt];
  const canMove = place !== undefined && job.state !== 'processing';
  return (
    <li
      className={classesOf(job, place)}
      draggable={canMove}
      onDragStart={place?.onHold}
      onDragEnd={() => place?.onHold(null)}
      onDragOver={place?.onOver}
      onDrop={place?.onDrop}
    >
      {canMove ? <Grip job={job} place={place} /> : <span className="grip" />}
      <Cover url={cover} name={job.label} />
      <div className="job-name">
        <h3 className="cut">{nameOf(job)}</h3>
        <p className="dim cut">{about.filter((text) => text !== undefined).join(', ')}</p>
      </div>
      <div className="job-track">
        <Track job={job} />
      </div>
      <Eta job={job} isNext={isNext} />
      <Priority job={job} />
      <Acts job={job} />
    </li>
  );
}

const classesOf = (job: Job, place: Place | undefined): string =>
  [
    'job',
    ...(job.state === 'paused' ? ['parked'] : []),
    ...(place?.isHeld === true ? ['held'] : []),
    ...(place?.isOver === true ? ['over'] : []),
  ].join(' ');

function Grip({ job, place }: { readonly job: Job; readonly place: Place }) {
  return (
    <button
      type="button"
      className="grip"
      aria-label={strings.queue.move(job.label)}
      aria-keyshortcuts="ArrowUp ArrowDown Home End"
      title={strings.queue.moveHow}
      onKeyDown={(event) => {
        if (place.onKey(event.key)) event.preventDefault();
      }}
    >
      <Icon name="grip" />
    </button>
  );
}

function Track({ job }: { readonly job: Job }) {
  const status = useIn('queue', (state) => state.status);
  if (job.state !== 'processing') {
    const wait = waitOf(status, job);
    return job.state === 'paused' || job.progress > 0 ? (
      <p className="wait parked">
        <Icon name="pause" />
        {wait}
      </p>
    ) : (
      <p className="dim wait">{wait}</p>
    );
  }
  const steps = stageTrack(job).map((step) => ({ ...step, name: strings.stages[step.name] ?? step.name }));
  const now = steps.find((step) => step.state === 'now');
  if (steps.length > 0) {
    return <StageTrack steps={steps} label={now === undefined ? '' : `${now.name}, ${percent(now.share)}`} />;
  }
  return (
    <div
      className="bar go"
      role="progressbar"
      aria-label={job.label}
      aria-valuenow={Math.round(job.progress * 100)}
    >
      <i style={{ width: percent(job.progress).replace(' ', '') }} />
    </div>
  );
}

function Eta({ job, isNext }: { readonly job: Job; readonly isNext: boolean }) {
  if (job.state !== 'processing') {
    return <div className="job-eta num">{isNext && <span>{strings.queue.next}</span>}</div>;
  }
  const rate = rateOf(job);
  return (
    <div className="job-eta num">
      {(job.etaS !== null || rate !== undefined) && (
        <p>
          {rate !== undefined && <small>{rate}</small>}
          {job.etaS !== null && <b>{formatClock(job.etaS)}</b>}
        </p>
      )}
      <span>{piecesOf(job) ?? percent(job.progress)}</span>
    </div>
  );
}

/** How urgent it is; only what waits can still change its place. */
function Priority({ job }: { readonly job: Job }) {
  const { stores } = useApp();
  const { priorities, priorityOf } = strings.queue;
  if (job.state === 'processing') return <span className="prio still">{priorities[job.priority]}</span>;
  return (
    <select
      className={`prio ${job.priority}`}
      aria-label={priorityOf(job.label)}
      value={job.priority}
      onChange={(event) => {
        const priority = PriorityName.parse(event.currentTarget.value);
        void stores.troubles.getState().attempt(() => stores.queue.getState().setPriority(job.id, priority));
      }}
    >
      {PriorityName.options.map((name) => (
        <option key={name} value={name}>
          {priorities[name]}
        </option>
      ))}
    </select>
  );
}

function Acts({ job }: { readonly job: Job }) {
  const { stores } = useApp();
  const act = (name: 'pause' | 'resume' | 'cancel') => () =>
    void stores.troubles.getState().attempt(() => stores.queue.getState().act(name, job.id));
  const isPaused = job.state === 'paused';
  return (
    <div className="acts">
      <button
        type="button"
        className="btn plain icon small"
        aria-label={isPaused ? strings.queue.resumeJob(job.label) : strings.queue.pauseJob(job.label)}
        onClick={act(isPaused ? 'resume' : 'pause')}
      >
        <Icon name={isPaused ? 'play' : 'pause'} />
      </button>
      <button
        type="button"
        className="btn plain icon small"
        aria-label={strings.queue.cancelJob(job.label)}
        onClick={act('cancel')}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
