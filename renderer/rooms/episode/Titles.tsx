import { useState } from 'react';
import type { Clip, ClipTitle } from '../../../main/domain/clip.ts';
import { formatClock } from '../../../main/domain/time.ts';
import { useApp } from '../../appContext.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';

const LONGEST = 100;

/** The titles a clip could have in its own words, where they are said, and room for a person's own. */
export function Titles({ clip }: { readonly clip: Clip }) {
  const { titles: words } = strings.desk;
  return (
    <section className="titles" aria-label={words.label}>
      {clip.titles.length === 0 && <p className="dim">{words.none}</p>}
      <ul>
        {clip.titles.map((title) => (
          <li key={title.fromS}>
            <Choice clip={clip} title={title} />
          </li>
        ))}
      </ul>
      <Own key={`${clip.id} ${clip.title}`} clip={clip} />
      <p className="dim">{words.chosen}</p>
    </section>
  );
}

interface ChoiceProps {
  readonly clip: Clip;
  readonly title: ClipTitle;
}

/** One title; while it is pointed at, its words are marked in the text. */
function Choice({ clip, title }: ChoiceProps) {
  const { stores } = useApp();
  const { nameAt, setTitle } = stores.desk.getState();
  const isChosen = clip.title === title.text;
  const lookAt = (): void => {
    nameAt({ fromS: title.fromS, toS: title.toS });
  };
  const lookAway = (): void => {
    nameAt(null);
  };
  return (
    <button
      type="button"
      className={isChosen ? 'title-choice on' : 'title-choice'}
      aria-pressed={isChosen}
      onPointerEnter={lookAt}
      onPointerLeave={lookAway}
      onFocus={lookAt}
      onBlur={lookAway}
      onClick={() => {
        if (!isChosen) void setTitle(clip, title.text);
      }}
    >
      <b>{title.text}</b>
      <small className="num dim">{strings.desk.titles.said(formatClock(title.fromS))}</small>
      {isChosen && <Icon name="check" />}
    </button>
  );
}

function Own({ clip }: { readonly clip: Clip }) {
  const { stores } = useApp();
  const isOwn = clip.titles.every(({ text }) => text !== clip.title);
  const [text, setText] = useState(isOwn ? clip.title : '');
  const { titles: words } = strings.desk;
  const title = text.trim();
  return (
    <form
      className="own-title"
      onSubmit={(event) => {
        event.preventDefault();
        if (title !== '' && title !== clip.title) void stores.desk.getState().setTitle(clip, title);
      }}
    >
      <label className="field">
        <input
          type="text"
          value={text}
          maxLength={LONGEST}
          aria-label={words.own}
          placeholder={words.own}
          onChange={(event) => {
            setText(event.currentTarget.value);
          }}
        />
      </label>
      <button type="submit" className="btn edge" disabled={title === '' || title === clip.title}>
        {words.use}
      </button>
    </form>
  );
}
