import { useEffect, useRef, useState } from 'react';
import type { SpeechModel } from '../../../main/domain/speechModel.ts';
import { useApp, useIn } from '../../appContext.ts';
import { fetchOf, SPEED_TICKS, speedTicks } from '../../selectors/models.ts';
import { fileSize, plainNumber } from '../../selectors/numbers.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';
import { FailureCard } from '../queue/FailureCard.tsx';
import { Coming } from './Coming.tsx';

const words = strings.models;

/** One model: what it is, what it weighs, how fast it is here, and what can be done with it. */
export function ModelRow({ model }: { readonly model: SpeechModel }) {
  const jobs = useIn('queue', (state) => state.jobs);
  const dismissed = useIn('memory', ({ memory }) => memory?.dismissedJobIds ?? null) ?? [];
  const [isAsked, ask] = useState(false);
  const job = fetchOf(jobs, model.id, dismissed);
  const isComing = job !== undefined && job.state !== 'failed';
  return (
    <li className={model.isInstalled ? 'mod-item' : 'mod-item absent'}>
      <div className="mod">
        <div className="what">
          <b>{model.name}</b>
          <small>{facts(model)}</small>
        </div>
        {isAsked ? (
          <Sure model={model} done={ask} />
        ) : (
          <>
            <span className="num">
              {model.sizeBytes === null ? words.sizeUnknown : fileSize(model.sizeBytes)}
            </span>
            <Speed model={model} />
            {isComing ? <Coming job={job} model={model} /> : <Acts model={model} askToRemove={ask} />}
          </>
        )}
      </div>
      {job?.state === 'failed' && <FailureCard job={job} />}
    </li>
  );
}

const tongues = new Intl.DisplayNames('en', { type: 'language' });

function facts({ languages, licence, memoryMb, kind }: SpeechModel): string {
  const { many, none, some } = words.languages;
  const spoken = languages.includes('*')
    ? many
    : languages.length === 0
      ? none
      : languages.length > 3
        ? some(languages.length)
        : languages.map((tag) => tongues.of(tag) ?? tag).join(', ');
  const memory = memoryMb === null ? words.memoryUnknown : words.needs(fileSize(memoryMb * 1e6));
  return [...(kind === 'recogniser' ? [spoken] : []), licence, memory].join(', ');
}

/** Minutes of work for one hour of sound, as ticks that are longer when it is quicker. */
function Speed({ model: { benchmark, kind } }: { readonly model: SpeechModel }) {
  if (kind !== 'recogniser')
    return (
      <>
        <span className="speed" />
        <span />
      </>
    );
  if (benchmark === null)
    return (
      <>
        <span className="speed" />
        <span className="num dim">{words.notMeasured}</span>
      </>
    );
  const minutes = plainNumber(benchmark.realTimeFactor * 60);
  const ticks = speedTicks(benchmark);
  return (
    <>
      <span
        className="speed"
        aria-hidden="true"
        title={`${benchmark.provider}, ${words.onProvider(benchmark.threads)}`}
      >
        {Array.from({ length: SPEED_TICKS }, (_, at) => (
          <i key={at} className={at < ticks ? 'e' : undefined} />
        ))}
      </span>
      <span className="num sp">
        <span aria-hidden="true">{words.minutes(minutes)}</span>
        <span className="sr">{words.speedOf(minutes)}</span>
      </span>
    </>
  );
}

interface ActsProps {
  readonly model: SpeechModel;
  readonly askToRemove: (isAsked: boolean) => void;
}

function Acts({ model, askToRemove }: ActsProps) {
  const { stores } = useApp();
  const working = useIn('models', (state) => state.working[model.id]);
  const isLocked = useIn('models', ({ machine }) => machine?.chosenBy === 'environment');
  const { id, name, kind, isInstalled, isChosen } = model;
  const { download, choose, benchmark } = stores.models.getState();
  const attempt = (act: () => Promise<void>) => () => void stores.troubles.getState().attempt(act);
  if (working !== undefined)
    return (
      <span className="mod-acts dim" role="status">
        {working === 'measuring' ? words.measuring : words.removing}
      </span>
    );
  if (!isInstalled)
    return (
      <span className="mod-acts">
        <button
          type="button"
          className="btn edge small"
          aria-label={words.getOf(name)}
          onClick={attempt(() => download(id))}
        >
          <Icon name="download" />
          {words.get}
        </button>
      </span>
    );
  return (
    <span className="mod-acts">
      {isChosen || kind !== 'recogniser' ? (
        <span className="inuse">
          <Icon name="check" />
          {isChosen ? words.inUse : words.here}
        </span>
      ) : (
        !isLocked && (
          <button
            type="button"
            className="btn edge small"
            aria-label={words.useOf(name)}
            onClick={attempt(() => choose(id))}
          >
            {words.use}
          </button>
        )
      )}
      {kind === 'recogniser' && (
        <button
          type="button"
          className="btn plain small icon"
          aria-label={words.measureOf(name)}
          title={words.measure}
          onClick={attempt(() => benchmark(id))}
        >
          <Icon name="retry" />
        </button>
      )}
      <button
        type="button"
        className="btn plain small icon"
        aria-label={words.removeOf(name)}
        title={words.remove}
        onClick={() => {
          askToRemove(true);
        }}
      >
        <Icon name="close" />
      </button>
    </span>
  );
}

interface SureProps {
  readonly model: SpeechModel;
  readonly done: (isAsked: boolean) => void;
}

/** Removal asks once. */
function Sure({ model, done }: SureProps) {
  const { stores } = useApp();
  const no = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    no.current?.focus();
  }, []);
  const answer = (isSure: boolean): void => {
    done(false);
    if (isSure) void stores.troubles.getState().attempt(() => stores.models.getState().remove(model.id));
  };
  return (
    <span
      className="mod-acts sure"
      role="group"
      aria-label={words.removeOf(model.name)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') answer(false);
      }}
    >
      <span className="grow">
        <b>{words.sure(fileSize(model.sizeBytes ?? 0))}</b> <small>{words.sureWhat}</small>
      </span>
      <button
        ref={no}
        type="button"
        className="btn edge small"
        onClick={() => {
          answer(false);
        }}
      >
        {words.sureNo}
      </button>
      <button
        type="button"
        className="btn plain small"
        onClick={() => {
          answer(true);
        }}
      >
        {words.sureYes}
      </button>
    </span>
  );
}
