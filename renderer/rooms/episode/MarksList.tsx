import { useState } from 'react';
import type { EpisodeDetail } from '../../../main/contract/episodes.ts';
import type { Mark } from '../../../main/domain/mark.ts';
import { formatClock } from '../../../main/domain/time.ts';
import { useApp } from '../../appContext.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';
import { Key } from './Key.tsx';
import type { Player } from './player.ts';

interface MarksListProps {
  readonly detail: EpisodeDetail;
  readonly player: Player;
}

/** A person's own times with their notes, and the ways to bring more. */
export function MarksList({ detail, player }: MarksListProps) {
  const { stores } = useApp();
  const { marks: words } = strings.desk;
  const { episode, marks } = detail;
  return (
    <div className="scroll side-list">
      <button
        type="button"
        className="btn edge wide-btn"
        aria-keyshortcuts="M"
        onClick={() => void stores.desk.getState().mark(episode.id, player.atS())}
      >
        <Icon name="flag" />
        {words.mark}
        <Key name="M" />
      </button>
      {marks.length === 0 && (
        <div className="nothing">
          <b>{words.empty}</b>
          <p>{words.emptyWhat}</p>
        </div>
      )}
      <ul className="rows-plain" aria-label={words.title}>
        {marks.map((mark) => (
          <MarkRow key={mark.id} mark={mark} />
        ))}
      </ul>
      <Paste episodeId={episode.id} />
    </div>
  );
}

function MarkRow({ mark }: { readonly mark: Mark }) {
  const { stores } = useApp();
  const { goTo, removeMark } = stores.desk.getState();
  const { marks: words } = strings.desk;
  const time = formatClock(mark.atS);
  return (
    <li>
      <button
        type="button"
        className="row-go"
        aria-label={`${words.go(time)} ${mark.note}`}
        onClick={() => void goTo(mark.atS)}
      >
        <time className="num">{time}</time>
        <span className={mark.note === '' ? 'dim' : undefined}>
          {mark.note === '' ? words.noNote : mark.note}
        </span>
      </button>
      <button
        type="button"
        className="btn plain icon small"
        aria-label={words.remove(time)}
        onClick={() => void removeMark(mark)}
      >
        <Icon name="close" />
      </button>
    </li>
  );
}

/** Times that were written down elsewhere: typed lines, or the file of another program. */
function Paste({ episodeId }: { readonly episodeId: string }) {
  const { stores } = useApp();
  const [text, setText] = useState('');
  const { marks: words } = strings.desk;
  const add = async (given: string): Promise<void> => {
    if (given.trim() === '') return;
    await stores.desk.getState().addMarks(episodeId, given);
    setText('');
  };
  return (
    <form
      className="paste"
      onSubmit={(event) => {
        event.preventDefault();
        void add(text);
      }}
    >
      <label className="sect" htmlFor="paste-marks">
        {words.paste}
      </label>
      <textarea
        id="paste-marks"
        rows={4}
        value={text}
        placeholder={words.pastePlace}
        onChange={(event) => {
          setText(event.currentTarget.value);
        }}
      />
      <div className="acts-row">
        <button type="submit" className="btn edge small" disabled={text.trim() === ''}>
          {words.add}
        </button>
        <label className="btn plain small">
          <input
            className="sr"
            type="file"
            aria-label={words.fromFile}
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? [];
              event.currentTarget.value = '';
              if (file !== undefined) void file.text().then(add);
            }}
          />
          <Icon name="file" />
          {words.fromFile}
        </label>
      </div>
      <small className="dim">{words.kinds}</small>
    </form>
  );
}
