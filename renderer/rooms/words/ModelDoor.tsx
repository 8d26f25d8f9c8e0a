import { useEffect, useRef, useState } from 'react';
import type { Episode } from '../../../main/domain/episode.ts';
import type { Job } from '../../../main/domain/job.ts';
import type { SpeechModel } from '../../../main/domain/speechModel.ts';
import { useApp, useIn } from '../../appContext.ts';
import { fetchedShare, fetchFor, recognisers, suggested, workS } from '../../selectors/models.ts';
import { fileSize, timeOfDay, wholeLength } from '../../selectors/numbers.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';
import { FailureCard } from '../queue/FailureCard.tsx';
import { JobActs } from '../queue/JobActs.tsx';
import { RoomLink } from '../shell/RoomLink.tsx';
import { Door } from './Door.tsx';

const words = strings.noWords.model;

/** A speech model: which one, what it weighs and how long it takes, and its way here. */
export function ModelDoor({ episode }: { readonly episode: Episode }) {
  const { stores } = useApp();
  const models = useIn('models', (state) => state.models);
  const jobs = useIn('queue', (state) => state.jobs);
  const dismissed = useIn('memory', ({ memory }) => memory?.dismissedJobIds ?? null) ?? [];
  const [isOpened, setOpened] = useState(false);
  const act = useRef<HTMLDivElement>(null);
  useEffect(() => {
    void stores.troubles.getState().attempt(stores.models.getState().load);
  }, [stores]);
  const under = fetchFor(jobs, episode.id, dismissed);
  const isHere = models?.some(({ isInstalled, kind }) => isInstalled && kind === 'recogniser') === true;
  const coming = models?.find(({ id }) => id === under?.modelId);
  return (
    <Door
      name="2"
      icon="download"
      title={isHere && under === undefined ? words.use : words.title}
      isOpen={isOpened || under !== undefined}
      open={() => {
        setOpened(true);
        // There is a choice to make first: Enter takes what is offered.
        requestAnimationFrame(() => act.current?.querySelector<HTMLElement>('.acts-row .btn')?.focus());
      }}
    >
      <div ref={act} className="inside">
        {under !== undefined && under.job.state === 'failed' && <FailureCard job={under.job} />}
        {under !== undefined && under.job.state !== 'failed' && coming !== undefined && (
          <Coming job={under.job} model={coming} durationS={episode.durationS} />
        )}
        {under === undefined && models !== null && <Offer models={models} episode={episode} />}
      </div>
    </Door>
  );
}

interface OfferProps {
  readonly models: readonly SpeechModel[];
  readonly episode: Episode;
}

function Offer({ models, episode }: OfferProps) {
  const { stores } = useApp();
  const [chosenId, choose] = useState<string | null>(null);
  const offered = recognisers(models);
  const model = offered.find(({ id }) => id === chosenId) ?? suggested(models, episode.language);
  if (model === undefined) return null;
  const { download, transcribe, choose: use } = stores.models.getState();
  const go = async (): Promise<void> => {
    if (!model.isInstalled) return download(model.id, episode.id);
    if (!model.isChosen) await use(model.id);
    return transcribe(episode.id);
  };
  return (
    <>
      <label className="choice pick">
        <span className="sr">{words.which}</span>
        <select
          value={model.id}
          onChange={(event) => {
            choose(event.currentTarget.value);
          }}
        >
          {offered.map(({ id, name, sizeBytes, isInstalled }) => (
            <option key={id} value={id}>
              {name}
              {isInstalled || sizeBytes === null ? '' : `, ${fileSize(sizeBytes)}`}
            </option>
          ))}
        </select>
      </label>
      <p>
        {weight(model)} {pace(model, episode.durationS)}
      </p>
      <div className="acts-row">
        <button
          type="button"
          className="btn primary small"
          onClick={() => void stores.troubles.getState().attempt(go)}
        >
          <Icon name={model.isInstalled ? 'words' : 'download'} />
          {model.isInstalled ? words.start : words.get}
        </button>
        <RoomLink to={{ room: 'settings', section: 'models' }} className="btn plain small">
          {words.all}
        </RoomLink>
      </div>
    </>
  );
}

function weight({ isInstalled, sizeBytes }: SpeechModel): string {
  if (isInstalled) return words.here;
  return sizeBytes === null ? words.sizeUnknown : words.once(fileSize(sizeBytes));
}

function pace({ benchmark, isInstalled }: SpeechModel, durationS: number): string {
  const takesS = workS(benchmark, durationS);
  if (takesS !== undefined) return words.takes(wholeLength(Math.max(1, takesS)));
  return isInstalled ? words.notMeasuredHere : words.notMeasured;
}

interface ComingProps {
  readonly job: Job;
  readonly model: SpeechModel;
  readonly durationS: number;
}

/** A download on its way: how much is here, what comes after it, and a way to hold it. */
function Coming({ job, model, durationS }: ComingProps) {
  const share = fetchedShare(job);
  const takesS = workS(model.benchmark, durationS);
  return (
    <>
      <p className="dl num">
        <b className="cut">{model.name}</b>
        {model.sizeBytes !== null && (
          <span className="dim">
            {words.of(fileSize(share * model.sizeBytes), fileSize(model.sizeBytes))}
          </span>
        )}
      </p>
      <span
        className="bar go"
        role="progressbar"
        aria-label={strings.models.downloadOf(model.name)}
        aria-valuenow={Math.round(share * 100)}
      >
        <i style={{ width: `${share * 100}%` }} />
      </span>
      <dl className="mini num">
        <div>
          <dt>{words.download}</dt>
          <dd>{standing(job)}</dd>
        </div>
        <div>
          <dt>{words.then}</dt>
          <dd>{takesS === undefined ? words.measuredThen : words.about(wholeLength(takesS))}</dd>
        </div>
        <div>
          <dt>{words.goesOn}</dt>
          <dd>{words.yes}</dd>
        </div>
      </dl>
      <JobActs job={job} isSmall />
    </>
  );
}

function standing({ state, stage, etaS, runAtMs, failure }: Job): string {
  if (state === 'pending' && runAtMs !== null)
    return strings.queue.triesAgain(timeOfDay(runAtMs), failure?.title ?? '');
  if (state === 'paused') return words.paused;
  if (state === 'pending') return words.waits;
  if (stage === 'measure') return words.measuring;
  return etaS === null ? words.starting : words.left(wholeLength(etaS));
}
