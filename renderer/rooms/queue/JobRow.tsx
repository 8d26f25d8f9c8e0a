import type { Job } from '../../../main/domain/job.ts';
import { formatClock } from '../../../main/domain/time.ts';
import { useApp, useIn } from '../../appContext.ts';
import { exportOrder } from '../../selectors/jobs.ts';
import { percent, stageTrack } from '../../selectors/stageTrack.ts';
import { strings } from '../../strings.ts';
import { Cover } from '../../ui/Cover.tsx';
import { Icon } from '../../ui/icons.tsx';
import { StageTrack } from '../../ui/StageTrack.tsx';
import { nameOf } from './FailureCard.tsx';

interface JobRowProps {
  readonly job: Job;
  readonly isNext: boolean;
}

/** One job that runs or waits, with its stages and the acts that are possible now. */
export function JobRow({ job, isNext }: JobRowProps) {
  const { client } = useApp();
  const overview = useIn('library', ({ episodes }) =>
    episodes?.find(({ episode }) => episode.id === job.episodeId),
  );
  const cover = overview?.hasCover === true ? client.mediaUrl('cover', overview.episode.id) : null;
  const order = exportOrder(job);
  const about =
    order === undefined
      ? [overview?.episode.title, overview && formatClock(overview.episode.durationS)]
      : [strings.presets[order.preset], overview?.episode.title];
  return (
    <li className={job.state === 'paused' ? 'job parked' : 'job'}>
      <Cover url={cover} name={job.label} />
      <div className="job-name">
        <h3 className="cut">{nameOf(job)}</h3>
        <p className="dim cut">{about.filter((text) => text !== undefined).join(', ')}</p>
      </div>
      <div className="job-track">
        <Track job={job} />
      </div>
      <div className="job-eta num">
        {job.etaS !== null && job.state === 'processing' && <b>{formatClock(job.etaS)}</b>}
        <span>{job.state === 'processing' ? percent(job.progress) : isNext ? strings.queue.next : ''}</span>
      </div>
      <Acts job={job} />
    </li>
  );
}

function Track({ job }: { readonly job: Job }) {
  const isPaused = useIn('queue', ({ status }) => status?.paused.includes('all') ?? false);
  if (job.state === 'paused') {
    return (
      <p className="wait parked">
        <Icon name="pause" />
        {strings.queue.paused}
      </p>
    );
  }
  if (job.state === 'pending') {
    return <p className="dim wait">{isPaused ? strings.queue.waitsForQueue : strings.queue.waits}</p>;
  }
  const steps = stageTrack(job).map((step) => ({ ...step, name: strings.stages[step.name] ?? step.name }));
  const now = steps.find((step) => step.state === 'now');
  return <StageTrack steps={steps} label={now === undefined ? '' : `${now.name}, ${percent(now.share)}`} />;
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
