import type { Job } from '../../../main/domain/job.ts';
import type { SpeechModel } from '../../../main/domain/speechModel.ts';
import { useApp } from '../../appContext.ts';
import { fetchedShare } from '../../selectors/models.ts';
import { timeOfDay, wholeLength } from '../../selectors/numbers.ts';
import { percent } from '../../selectors/stageTrack.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';

const words = strings.models;

interface ComingProps {
  readonly job: Job;
  readonly model: SpeechModel;
}

/** A download on its way, with its share, its time and a way to hold it. */
export function Coming({ job, model }: ComingProps) {
  const { stores } = useApp();
  const share = fetchedShare(job);
  const act = (name: 'pause' | 'resume' | 'cancel') => () =>
    void stores.troubles.getState().attempt(() => stores.queue.getState().act(name, job.id));
  const isPaused = job.state === 'paused';
  return (
    <span className="mod-acts coming">
      <span className="grow num">
        <span
          className="bar go"
          role="progressbar"
          aria-label={words.downloadOf(model.name)}
          aria-valuenow={Math.round(share * 100)}
        >
          <i style={{ width: `${share * 100}%` }} />
        </span>
        <small>{standing(job, share)}</small>
      </span>
      <button
        type="button"
        className="btn plain small icon"
        aria-label={isPaused ? words.resumeOf(model.name) : words.pauseOf(model.name)}
        title={isPaused ? words.resume : words.pause}
        onClick={act(isPaused ? 'resume' : 'pause')}
      >
        <Icon name={isPaused ? 'play' : 'pause'} />
      </button>
      <button
        type="button"
        className="btn plain small icon"
        aria-label={words.cancelOf(model.name)}
        title={words.cancel}
        onClick={act('cancel')}
      >
        <Icon name="close" />
      </button>
    </span>
  );
}

function standing({ state, stage, etaS, runAtMs, failure }: Job, share: number): string {
  if (state === 'pending' && runAtMs !== null)
    return strings.queue.triesAgain(timeOfDay(runAtMs), failure?.title ?? '');
  if (state === 'paused') return words.paused;
  if (state === 'pending') return words.waits;
  if (stage === 'measure') return words.trying;
  return etaS === null ? percent(share) : `${percent(share)}, ${strings.library.left(wholeLength(etaS))}`;
}
