import type { Job } from '../../../main/domain/job.ts';
import { formatClock } from '../../../main/domain/time.ts';
import { useIn, useTheme } from '../../appContext.ts';
import { percent, stageTrack } from '../../selectors/stageTrack.ts';
import { strings } from '../../strings.ts';
import { StageTrack } from '../../ui/StageTrack.tsx';
import { Tally } from '../../ui/Tally.tsx';
import { Wave } from '../../ui/Wave.tsx';
import { JobActs } from '../queue/JobActs.tsx';
import './working.css';

const SKELETONS = ['82%', '64%', '76%', '58%', '70%'];
const NOTHING_EARNED = [22, 20, 14, 14, 12, 8, 5, 5].map((missed, at) => ({
  name: String(at),
  earned: 0,
  missed,
}));

/** The work's own stages, and the outline of what it will give. */
export function Working({ job }: { readonly job: Job }) {
  const steps = stageTrack(job).map((step) => ({ ...step, name: strings.stages[step.name] ?? step.name }));
  const now = steps.find((step) => step.state === 'now');
  return (
    <main className="working scroll">
      <section className="work-card" aria-label={strings.working.stages}>
        <div className="work-top">
          <div className="grow">
            <h2>{titleOf(job)}</h2>
            <Note job={job} />
          </div>
          <p className="work-eta num">
            <b>{percent(job.progress)}</b>
            {job.etaS !== null && job.state === 'processing' && (
              <span className="dim">{strings.library.left(formatClock(job.etaS))}</span>
            )}
          </p>
          <JobActs job={job} />
        </div>
        <StageTrack
          steps={steps}
          label={now === undefined ? titleOf(job) : `${now.name}, ${percent(now.share)}`}
        />
      </section>
      <HeardSoFar />
      <section aria-label={strings.working.candidatesComeHere} aria-busy="true">
        <h3 className="sect">{strings.working.candidatesComeHere}</h3>
        {SKELETONS.map((width) => (
          <div key={width} className="sk" aria-hidden="true">
            <i style={{ width }} />
            <b />
            <Tally groups={NOTHING_EARNED} cost={0} size="card" />
            <i className="t" style={{ width: `calc(${width} - 22%)` }} />
          </div>
        ))}
      </section>
    </main>
  );
}

const titleOf = (job: Job): string => {
  if (job.state === 'paused') return strings.working.paused;
  return job.state === 'pending' ? strings.working.waiting : (strings.stageNow[job.stage ?? ''] ?? '');
};

function Note({ job }: { readonly job: Job }) {
  const isPaused = useIn('queue', ({ status }) => status?.paused.includes('all') ?? false);
  return (
    <p className="mid">
      {isPaused && job.state === 'pending' ? strings.working.queuePaused : strings.working.safe}
    </p>
  );
}

/** The waveform, as soon as the episode was listened to. */
function HeardSoFar() {
  const wave = useIn('episode', (state) => state.wave);
  const theme = useTheme();
  return <div className="heard">{wave !== null && <Wave columns={wave} lit={[]} theme={theme} />}</div>;
}
