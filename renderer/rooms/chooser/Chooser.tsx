import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { FolderEntry } from '../../../main/contract/host.ts';
import { useIn } from '../../appContext.ts';
import { fileSize } from '../../selectors/numbers.ts';
import { listedEntries, type Wanted } from '../../stores/chooser.ts';
import { strings } from '../../strings.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Say } from '../../ui/Say.tsx';
import './chooser.css';

/** This machine's folders, for a page that cannot open the system's dialog: what is chosen is used where it is. */
export function Chooser() {
  const wanted = useIn('chooser', (state) => state.wanted);
  const finish = useIn('chooser', (state) => state.finish);
  if (wanted === null) return null;
  return (
    <Dialog
      label={strings.chooser[wanted.purpose]}
      className="chooser"
      onClose={() => {
        finish(null);
      }}
    >
      <Folder wanted={wanted} />
    </Dialog>
  );
}

function Folder({ wanted }: { readonly wanted: Wanted }) {
  const state = useIn('chooser', (whole) => whole);
  const { folder, parent, enter, finish, filterBy, filter, trouble, isLoading } = state;
  const entries = listedEntries(state);
  const firstFile = Math.max(
    0,
    entries.findIndex(({ kind }) => kind !== 'folder'),
  );
  const [at, setAt] = useState(0);
  useEffect(() => {
    setAt(firstFile);
  }, [folder, firstFile]);
  const current = entries[Math.min(at, entries.length - 1)];
  const take = (entry: FolderEntry): void => {
    if (entry.kind === 'folder') void enter(entry.path);
    else finish(entry.path);
  };
  const goUp = (): void => {
    if (parent !== null) void enter(parent);
  };
  const press = (event: KeyboardEvent): void => {
    const isTyping = event.target instanceof HTMLInputElement && filter !== '';
    if (event.key === 'ArrowDown') setAt(Math.min(entries.length - 1, at + 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1));
    else if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) {
      if (current !== undefined) take(current);
    } else if (event.key === 'Backspace' && !isTyping) goUp();
    else return;
    event.preventDefault();
  };
  const isFound = wanted.name === undefined || entries.some(({ name }) => name === wanted.name);
  return (
    <div onKeyDown={press}>
      <header>
        <h2>{strings.chooser[wanted.purpose]}</h2>
        <button
          type="button"
          className="btn plain icon"
          aria-label={strings.acts.close}
          onClick={() => {
            finish(null);
          }}
        >
          <Icon name="close" />
        </button>
      </header>
      {wanted.why !== undefined && <p className="why-open">{wanted.why}</p>}
      <Crumbs
        folder={folder}
        onEnter={(path) => void enter(path)}
        onUp={parent === null ? undefined : goUp}
      />
      {wanted.purpose !== 'folder' && (
        <label className="field filter">
          <input
            type="text"
            value={filter}
            aria-label={strings.chooser.filter}
            placeholder={strings.chooser.filter}
            data-first-focus
            onChange={(event) => {
              filterBy(event.currentTarget.value);
            }}
          />
        </label>
      )}
      <Rows entries={entries} current={current} wanted={wanted} onPoint={setAt} onTake={take} />
      {!isLoading && wanted.name !== undefined && !isFound && (
        <p className="not-here warn">{strings.chooser.notHere(wanted.name)}</p>
      )}
      {!isLoading && trouble === null && entries.length === 0 && (
        <p className="not-here dim">{strings.chooser.nothing[wanted.purpose]}</p>
      )}
      {trouble !== null && (
        <Say tone="bad" title={trouble.title}>
          <p>{trouble.hint}</p>
        </Say>
      )}
      <footer>
        <span className="grow dim">
          <kbd>{'\u2191'}</kbd> <kbd>{'\u2193'}</kbd> <kbd>Enter</kbd> {strings.chooser.keys.open}{' '}
          <kbd>{'\u232b'}</kbd> {strings.chooser.keys.up}
        </span>
        {wanted.purpose === 'folder' || (wanted.purpose === 'model' && current?.kind !== 'model') ? (
          <button
            type="button"
            className="btn primary"
            onClick={() => {
              finish(folder);
            }}
          >
            {strings.chooser.useFolder}
          </button>
        ) : (
          <button
            type="button"
            className="btn primary"
            disabled={current === undefined || current.kind === 'folder'}
            onClick={() => {
              if (current !== undefined) take(current);
            }}
          >
            {strings.chooser.useFile}
          </button>
        )}
      </footer>
    </div>
  );
}

interface CrumbsProps {
  readonly folder: string;
  readonly onEnter: (path: string) => void;
  readonly onUp: (() => void) | undefined;
}

function Crumbs({ folder, onEnter, onUp }: CrumbsProps) {
  const separator = folder.includes('\\') ? '\\' : '/';
  const names = folder.split(separator).filter((name) => name !== '');
  const pathTo = (count: number): string => {
    const joined = names.slice(0, count).join(separator);
    return separator === '/' ? `/${joined}` : `${joined}${separator}`;
  };
  return (
    <nav className="crumbs" aria-label={strings.chooser.folder}>
      <button
        type="button"
        className="btn plain icon small"
        aria-label={strings.chooser.up}
        disabled={onUp === undefined}
        onClick={onUp}
      >
        <Icon name="up" />
      </button>
      {names.map((name, at) => (
        <button
          key={pathTo(at + 1)}
          type="button"
          className="crumb cut"
          aria-current={at === names.length - 1 ? 'location' : undefined}
          onClick={() => {
            onEnter(pathTo(at + 1));
          }}
        >
          {name}
        </button>
      ))}
    </nav>
  );
}

interface RowsProps {
  readonly entries: readonly FolderEntry[];
  readonly current: FolderEntry | undefined;
  readonly wanted: Wanted;
  readonly onPoint: (at: number) => void;
  readonly onTake: (entry: FolderEntry) => void;
}

function Rows({ entries, current, wanted, onPoint, onTake }: RowsProps) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <ul
      ref={list}
      className="rows scroll"
      role="listbox"
      tabIndex={0}
      aria-label={strings.chooser.entries}
      aria-activedescendant={current === undefined ? undefined : `entry-${entries.indexOf(current)}`}
      data-first-focus={wanted.purpose === 'folder' ? true : undefined}
    >
      {entries.map((entry, at) => (
        <li
          key={entry.path}
          id={`entry-${at}`}
          role="option"
          aria-selected={entry === current}
          className={entry.name === wanted.name ? 'wanted' : undefined}
          onClick={() => {
            onPoint(at);
          }}
          onDoubleClick={() => {
            onTake(entry);
          }}
        >
          <Icon name={entry.kind === 'folder' ? 'folder' : entry.kind === 'media' ? 'clips' : 'words'} />
          <span className="grow cut">{entry.name}</span>
          {entry.kind !== 'folder' && <span className="dim num">{fileSize(entry.sizeBytes)}</span>}
        </li>
      ))}
    </ul>
  );
}
