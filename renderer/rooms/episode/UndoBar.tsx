import { useApp, useIn } from '../../appContext.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';
import { Key } from './Key.tsx';

/** What was done last, and the way back; inside a dialog the keys of the desk rest. */
export function UndoBar({ hasKeys = true }: { readonly hasKeys?: boolean }) {
  const { stores } = useApp();
  const last = useIn('undo', ({ done }) => done.at(-1));
  const next = useIn('undo', ({ undone }) => undone.at(-1));
  const { undo: words } = strings.desk;
  if (last === undefined && next === undefined) return null;
  return (
    <div className="undo-bar">
      {last !== undefined && (
        <span id="last-done" className="cut dim">
          {last.label}
        </span>
      )}
      <button
        type="button"
        className="btn plain small"
        disabled={last === undefined}
        aria-label={words.undo}
        aria-describedby="last-done"
        aria-keyshortcuts="Control+Z"
        onClick={() => void stores.undo.getState().undo()}
      >
        <Icon name="undo" />
        <span className="wide-only">{words.undo}</span>
        {hasKeys && <Key name="Ctrl Z" />}
      </button>
      {next !== undefined && (
        <button
          type="button"
          className="btn plain icon small"
          aria-label={words.redo}
          title={next.label}
          aria-keyshortcuts="Control+Shift+Z"
          onClick={() => void stores.undo.getState().redo()}
        >
          <Icon name="redo" />
        </button>
      )}
    </div>
  );
}
