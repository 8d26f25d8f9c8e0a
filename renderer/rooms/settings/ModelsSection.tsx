import { SpeechModelKind } from '../../../main/domain/speechModel.ts';
import { useApp, useIn } from '../../appContext.ts';
import { fileSize } from '../../selectors/numbers.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';
import { Say } from '../../ui/Say.tsx';
import { ModelRow } from './ModelRow.tsx';

const words = strings.models;

/** The speech models of this machine: which there are, which are here, how fast they are, what they take. */
export function ModelsSection() {
  const { stores } = useApp();
  const models = useIn('models', (state) => state.models);
  const importing = useIn('models', (state) => state.importing);
  if (models === null) return <div className="set-main" />;
  return (
    <>
      <div className="set-main scroll" tabIndex={0} role="group" aria-label={words.title}>
        <div className="hrow gh">
          <h2 className="h">{words.title}</h2>
          <span className="dim grow">{words.sub}</span>
          <button
            type="button"
            className="btn edge small"
            title={words.ownWhat}
            disabled={importing !== null}
            onClick={() => void stores.troubles.getState().attempt(stores.models.getState().importOwn)}
          >
            <Icon name="folder" />
            {words.own}
          </button>
        </div>
        {importing !== null && (
          <Say tone="know" title={words.importing(importing.split(/[\\/]/u).at(-1) ?? importing)}>
            <p>{words.importingWhat}</p>
          </Say>
        )}
        {SpeechModelKind.options.map((kind) => {
          const [title, what] = words.kinds[kind];
          return (
            <section key={kind} aria-label={title}>
              <div className="kindhead">
                <h3>{title}</h3>
                <p className="dim">{what}</p>
              </div>
              <ul aria-label={title}>
                {models
                  .filter((model) => model.kind === kind)
                  .map((model) => (
                    <ModelRow key={model.id} model={model} />
                  ))}
              </ul>
            </section>
          );
        })}
      </div>
      <Side />
    </>
  );
}

/** What the models take, what is left, and who said which one hears. */
function Side() {
  const { stores } = useApp();
  const models = useIn('models', (state) => state.models) ?? [];
  const machine = useIn('models', (state) => state.machine);
  if (machine === null) return <aside className="room-side" />;
  const chosen = models.find(({ isChosen }) => isChosen);
  const hasRecogniser = models.some(({ kind, isInstalled }) => kind === 'recogniser' && isInstalled);
  return (
    <aside className="room-side scroll" tabIndex={0} aria-label={words.disk}>
      <section aria-label={words.disk}>
        <h3 className="h">{words.disk}</h3>
        <p className="figure-n num">{machine.usedBytes === 0 ? '0' : fileSize(machine.usedBytes)}</p>
        <p className="dim">{machine.usedBytes === 0 ? words.noneHere : words.used}</p>
        <dl className="facts num">
          {machine.freeBytes !== null && (
            <div>
              <dt>{words.free}</dt>
              <dd>{fileSize(machine.freeBytes)}</dd>
            </div>
          )}
          <div>
            <dt>{words.memory}</dt>
            <dd>{fileSize(machine.memoryBytes)}</dd>
          </div>
          <div>
            <dt>{words.threads}</dt>
            <dd>{machine.threads}</dd>
          </div>
        </dl>
      </section>
      <section aria-label={words.who}>
        <h3 className="h">{words.who}</h3>
        <p className="who-hears">{chosen?.name ?? words.noOne}</p>
        {hasRecogniser && <p className="dim">{words.whoIs[machine.chosenBy]}</p>}
        {chosen !== undefined && machine.chosenBy !== 'environment' && (
          <button
            type="button"
            className="btn edge small"
            onClick={() =>
              void stores.troubles.getState().attempt(() => stores.models.getState().choose(null))
            }
          >
            {words.useNone}
          </button>
        )}
      </section>
    </aside>
  );
}
