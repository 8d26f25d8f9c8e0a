import { useState } from 'react';
import type { CleanupPlan } from '../../../main/domain/storage.ts';
import { useApp, useIn } from '../../appContext.ts';
import { fileSize } from '../../selectors/numbers.ts';
import { planSums } from '../../selectors/storage.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';

/** What a cleanup would do now and why, the button that does it, and the way back. */
export function CleanSide() {
  const plan = useIn('storage', (state) => state.plan);
  const stats = useIn('storage', (state) => state.stats);
  const words = strings.storage.clean;
  return (
    <aside className="st-side scroll" aria-label={words.title}>
      <section className="clean">
        <h2>{words.title}</h2>
        {plan !== null && <Plan plan={plan} />}
      </section>
      <Undo />
      {stats !== null && <p className="dim every">{words.every(stats.cleanupIntervalHours)}</p>}
    </aside>
  );
}

function Plan({ plan }: { readonly plan: CleanupPlan }) {
  const words = strings.storage.clean;
  const { toTrashBytes, forGoodBytes, bytes, files } = planSums(plan);
  if (files === 0)
    return (
      <>
        <p className="free-n">{words.nothing}</p>
        <p className="mid">
          {plan.stillOverBytes === 0 ? words.nothingWhat : words.stillOver(fileSize(plan.stillOverBytes))}
        </p>
        <LeftAlone plan={plan} />
      </>
    );
  return (
    <>
      <p className="free-n num">{fileSize(bytes)}</p>
      <p className="mid">{words.rehearsal}</p>
      <dl className="num">
        {plan.removals.length > 0 && <Sum name={words.toTrash(plan.removals.length)} bytes={toTrashBytes} />}
        {plan.emptied.length > 0 && <Sum name={words.forGood(plan.emptied.length)} bytes={forGoodBytes} />}
        <div className="sum">
          <dt>{words.after}</dt>
          <dd>{words.afterIs(fileSize(plan.afterBytes), fileSize(plan.quotaBytes))}</dd>
        </div>
      </dl>
      {plan.stillOverBytes > 0 && (
        <p className="mid over">{words.stillOver(fileSize(plan.stillOverBytes))}</p>
      )}
      <CleanButton bytes={bytes} />
      <Files plan={plan} />
      <LeftAlone plan={plan} />
    </>
  );
}

const Sum = ({ name, bytes }: { readonly name: string; readonly bytes: number }) => (
  <div>
    <dt>{name}</dt>
    <dd>{fileSize(bytes)}</dd>
  </div>
);

function CleanButton({ bytes }: { readonly bytes: number }) {
  const { stores } = useApp();
  const isCleaning = useIn('storage', (state) => state.isCleaning);
  const words = strings.storage.clean;
  return (
    <button
      type="button"
      className="btn primary"
      disabled={isCleaning}
      onClick={() => void stores.troubles.getState().attempt(stores.storage.getState().clean)}
    >
      {isCleaning ? words.cleaning : words.free(fileSize(bytes))}
    </button>
  );
}

/** Every file of the plan with its reason, where a person wants to see them. */
function Files({ plan }: { readonly plan: CleanupPlan }) {
  const [isOpen, setOpen] = useState(false);
  const words = strings.storage.clean;
  const all = [...plan.emptied, ...plan.removals];
  return (
    <>
      <button
        type="button"
        className="btn plain"
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        {isOpen ? words.seeFewer : words.see(all.length)}
      </button>
      {isOpen && (
        <ul className="goes" aria-label={words.list}>
          {all.map((file, index) => (
            <li key={`${index} ${file.path}`}>
              <b className="cut" title={file.path}>
                {file.path}
              </b>
              <span className="num">{fileSize(file.sizeBytes)}</span>
              <small className="dim">{strings.storage.reasons[file.reason]}</small>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function LeftAlone({ plan: { leftAlone } }: { readonly plan: CleanupPlan }) {
  if (leftAlone.length === 0) return null;
  return (
    <details className="left">
      <summary className="dim">{strings.storage.clean.leftAlone(leftAlone.length)}</summary>
      <ul className="goes">
        {leftAlone.map(({ path, because }) => (
          <li key={path}>
            <b className="cut" title={path}>
              {path}
            </b>
            <small className="dim">{strings.storage.because[because]}</small>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Undo() {
  const { stores } = useApp();
  const undoable = useIn('storage', ({ stats }) => stats?.undoable ?? null);
  const words = strings.storage.undo;
  if (undoable === null) return null;
  return (
    <section className="fore">
      <h2>{words.title}</h2>
      <p className="mid">{words.what(undoable.files, fileSize(undoable.sizeBytes))}</p>
      <button
        type="button"
        className="btn edge"
        onClick={() => void stores.troubles.getState().attempt(stores.storage.getState().undo)}
      >
        <Icon name="retry" />
        {words.act}
      </button>
    </section>
  );
}
