import type { ShowLearning } from '../../../main/domain/learning.ts';
import { useApp, useIn } from '../../appContext.ts';
import { strings } from '../../strings.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Icon } from '../../ui/icons.tsx';
import { UndoBar } from '../episode/UndoBar.tsx';
import './learning.css';

const LEDGER_LINES = 8;
/** No part moves by more than this share. */
const MOST_MOVED = 0.2;

const partName = (part: string): string => strings.receipt.parts[part] ?? part;
const hundredths = (share: number): string => `${Math.round(share * 100)} of 100`;
const percentMoved = (multiplier: number): string => {
  const percent = Math.round((multiplier - 1) * 1000) / 10;
  return `${percent > 0 ? '+' : '\u2212'}${Math.abs(percent)} %`;
};

/** The learning ledger of a show: what its judgements moved, why, and whether that was worth anything. */
export function LearningDialog() {
  const { stores } = useApp();
  const told = useIn('learning', (state) => state.told);
  if (told === null) return null;
  const { learning: words } = strings.desk;
  const { close, freeze, reset } = stores.learning.getState();
  return (
    <Dialog label={words.title} className="learning" onClose={close}>
      <div>
        <header>
          <h2>{told.showName}</h2>
          <button type="button" className="btn plain icon" aria-label={strings.acts.close} onClick={close}>
            <Icon name="close" />
          </button>
        </header>
        <div className="scroll learning-body" tabIndex={0}>
          <Sheet told={told} />
        </div>
        <footer>
          <button
            type="button"
            data-first-focus
            className="btn edge"
            aria-pressed={told.isFrozen}
            onClick={() => void freeze(!told.isFrozen)}
          >
            <Icon name="freeze" />
            {told.isFrozen ? words.unfreeze : words.freeze}
          </button>
          <button type="button" className="btn edge" onClick={() => void reset()}>
            <Icon name="retry" />
            {words.reset}
          </button>
          <span className="grow" />
          <UndoBar hasKeys={false} />
        </footer>
      </div>
    </Dialog>
  );
}

function Sheet({ told }: { readonly told: ShowLearning }) {
  const { learning: words } = strings.desk;
  const { agreement, isFrozen, ledger, multipliers } = told;
  const moved = Object.entries(multipliers).sort((a, b) => Math.abs(b[1] - 1) - Math.abs(a[1] - 1));
  return (
    <div className="paper-wrap">
      <article className="paper ledger">
        <Total told={told} />
        <h3>{words.title}</h3>
        {told.hitRate !== null && <p className="dim">{told.hitRate.sentence}</p>}
        <ol className="leans">
          {moved.map(([part, multiplier]) => (
            <Lean key={part} part={part} multiplier={multiplier} because={reasonFor(told, part)} />
          ))}
        </ol>
        {moved.length === 0 && (
          <p className="dim">
            {told.signals < told.signalsNeeded ? words.tooFew(told.signalsNeeded) : words.none}
          </p>
        )}
        {ledger.length > 0 && (
          <details>
            <summary>{words.history}</summary>
            <ul className="moves">
              {ledger.slice(0, LEDGER_LINES).map((step) => (
                <li key={`${step.changedAtMs} ${step.part}`}>
                  <b>{words.moved(partName(step.part), step.before.toFixed(3), step.after.toFixed(3))}</b>
                  <span className="dim">{step.because}</span>
                </li>
              ))}
            </ul>
            {ledger.length > LEDGER_LINES && (
              <p className="dim">{words.earlier(ledger.length - LEDGER_LINES)}</p>
            )}
          </details>
        )}
        <footer>
          <span>{isFrozen ? words.frozen : words.cap}</span>
          {agreement !== null && (
            <span>{words.agrees(hundredths(agreement.learned), hundredths(agreement.unlearned))}</span>
          )}
        </footer>
      </article>
    </div>
  );
}

const reasonFor = ({ ledger }: ShowLearning, part: string): string =>
  ledger.find((step) => step.part === part)?.because ?? '';

/** What was kept of the best, or before there are enough decisions, how many there are. */
function Total({ told: { hitRate, signals } }: { readonly told: ShowLearning }) {
  const { learning: words } = strings.desk;
  if (hitRate === null) {
    const { count, what } = words.signals(signals);
    return (
      <div className="total">
        <span className="score">{count}</span>
        <span className="of">{what}</span>
      </div>
    );
  }
  const { kept, of } = words.kept(hitRate.top.kept, hitRate.top.of);
  return (
    <div className={hitRate.isBetterThanChance ? 'total' : 'total by-chance'}>
      <span className="score">{kept}</span>
      <span className="of">{of}</span>
      <p className="verdict">
        <b>{words.top}</b>
        <span>{words.bottom(hitRate.bottom.kept, hitRate.bottom.of)}</span>
      </p>
    </div>
  );
}

interface LeanProps {
  readonly part: string;
  readonly multiplier: number;
  readonly because: string;
}

/** One part that leans left or right of what it is without learning. */
function Lean({ part, multiplier, because }: LeanProps) {
  const reach = Math.min(1, Math.abs(multiplier - 1) / MOST_MOVED) * 50;
  return (
    <li>
      <p className="lean">
        <b>{partName(part)}</b>
        <span className="lean-line" aria-hidden="true">
          <i style={{ width: `${reach}%`, left: multiplier >= 1 ? '50%' : `${50 - reach}%` }} />
        </span>
        <span className="num">{percentMoved(multiplier)}</span>
      </p>
      <p className="dim">{because}</p>
    </li>
  );
}
