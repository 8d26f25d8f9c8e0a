import { useEffect, useRef, type KeyboardEvent } from 'react';
import type { SearchHit } from '../../../main/domain/showMemory.ts';
import { formatClock } from '../../../main/domain/time.ts';
import { useApp, useIn } from '../../appContext.ts';
import { strings } from '../../strings.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Icon } from '../../ui/icons.tsx';
import './search.css';

/** Every word of every episode, from any room; what is found is opened, or becomes a clip. */
export function SearchDialog() {
  const { isOpen, close } = useIn('search', (whole) => whole);
  if (!isOpen) return null;
  return (
    <Dialog label={strings.desk.search.title} className="search" onClose={close}>
      <Found />
    </Dialog>
  );
}

function Found() {
  const state = useIn('search', (whole) => whole);
  const { words, answered, hits, total, at, type, move, openHit, clipHit, more, nextOffset } = state;
  const { search } = strings.desk;
  const current = hits[at];
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) {
      if (current !== undefined) void (event.shiftKey ? clipHit(current) : openHit(current));
    } else return;
    event.preventDefault();
  };
  return (
    <div onKeyDown={press}>
      <label className="search-field">
        <Icon name="search" />
        <input
          type="text"
          role="combobox"
          aria-expanded={hits.length > 0}
          aria-controls="found"
          aria-activedescendant={current === undefined ? undefined : `found-${at}`}
          aria-label={search.label}
          placeholder={search.place}
          value={words}
          data-first-focus
          onChange={(event) => {
            void type(event.currentTarget.value);
          }}
        />
        <span className="dim num" aria-live="polite">
          {hits.length > 0 && search.total(hits.length, total)}
        </span>
      </label>
      <Hits hits={hits} at={at} />
      {hits.length === 0 && (
        <p className="search-none dim">{answered === '' ? search.hint : search.none(answered)}</p>
      )}
      <footer>
        <span className="grow dim keys-line" aria-hidden="true">
          <kbd>{'\u2191'}</kbd> <kbd>{'\u2193'}</kbd> <kbd>Enter</kbd> {search.open}{' '}
          <kbd>{'\u21e7 Enter'}</kbd> {search.makeClip}
        </span>
        {nextOffset !== null && (
          <button type="button" className="btn plain small" onClick={() => void more()}>
            {search.more}
          </button>
        )}
        <button
          type="button"
          className="btn edge small"
          disabled={current === undefined || current.isOffRecord}
          aria-keyshortcuts="Shift+Enter"
          onClick={() => {
            if (current !== undefined) void clipHit(current);
          }}
        >
          {search.clip}
        </button>
      </footer>
    </div>
  );
}

function Hits({ hits, at }: { readonly hits: readonly SearchHit[]; readonly at: number }) {
  const { stores } = useApp();
  const { point, openHit } = stores.search.getState();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [at, hits]);
  if (hits.length === 0) return null;
  return (
    <ul
      ref={list}
      id="found"
      className="found scroll"
      role="listbox"
      aria-label={strings.desk.search.results}
    >
      {hits.map((hit, index) => (
        <li
          key={`${hit.episodeId} ${hit.fromS}`}
          id={`found-${index}`}
          role="option"
          aria-selected={index === at}
          onClick={() => {
            point(index);
            void openHit(hit);
          }}
          onPointerMove={() => {
            if (index !== at) point(index);
          }}
        >
          <p className="found-words">
            {hit.snippet.map((piece, place) =>
              piece.isHit ? <mark key={place}>{piece.text}</mark> : <span key={place}>{piece.text}</span>,
            )}
          </p>
          <p className="found-where dim num">
            {hit.isOffRecord && (
              <>
                <Icon name="lock" /> {strings.desk.search.offRecord}{' '}
              </>
            )}
            {[hit.speaker, hit.episodeTitle, hit.showName]
              .filter((text) => text !== null && text !== '')
              .join(' \u00b7 ')}
            <time>{formatClock(hit.fromS)}</time>
          </p>
        </li>
      ))}
    </ul>
  );
}
