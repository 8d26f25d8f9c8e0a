import { useApp, useIn } from '../../appContext.ts';
import { clockTenths } from '../../selectors/numbers.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';
import { Key } from './Key.tsx';

/** What can be done with the words that are selected. */
export function Picked({ episodeId }: { readonly episodeId: string }) {
  const { stores } = useApp();
  const picked = useIn('desk', (state) => state.picked);
  if (picked === null) return null;
  const { clipFrom, keepOffRecord, mark } = stores.desk.getState();
  const { picked: words } = strings.desk;
  return (
    <div className="picked" role="group" aria-label={strings.desk.picked.clip}>
      <span className="num dim">
        {clockTenths(picked.fromS)} – {clockTenths(picked.toS)}
      </span>
      <button
        type="button"
        className="btn edge small"
        aria-keyshortcuts="W"
        onClick={() => void clipFrom(episodeId, picked)}
      >
        {words.clip}
        <Key name="W" />
      </button>
      <button
        type="button"
        className="btn plain small"
        onClick={() => void mark(episodeId, picked.fromS, picked.toS)}
      >
        <Icon name="flag" />
        {words.mark}
      </button>
      <button
        type="button"
        className="btn plain small"
        aria-keyshortcuts="Shift+X"
        onClick={() => void keepOffRecord(episodeId, picked, '')}
      >
        <Icon name="lock" />
        {words.offRecord}
        <Key name={'\u21e7X'} />
      </button>
    </div>
  );
}
