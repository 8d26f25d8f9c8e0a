import { useCallback, useEffect, useRef, useState, type CSSProperties, type KeyboardEvent } from 'react';
import type { TypedWords } from '../../../main/contract/typing.ts';
import type { Clip } from '../../../main/domain/clip.ts';
import type { TimeRange } from '../../../main/domain/time.ts';
import { useApp, useIn } from '../../appContext.ts';
import { clockTenths, plainNumber } from '../../selectors/numbers.ts';
import { selectedCloseUp } from '../../stores/episode.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';
import { usePlayhead, type Player } from '../episode/player.ts';
import { Zoom } from '../episode/Zoom.tsx';

interface TypingProps {
  readonly clip: Clip;
  readonly player: Player;
}

const words = strings.typing;
const SLOW = 0.7;
const BACK_S = 2;

/** The words of one clip by hand: what is heard above, what is typed below, on one clock. */
export function Typing({ clip, player }: TypingProps) {
  const { stores } = useApp();
  const closeUp = useIn('episode', selectedCloseUp);
  const { laidOut, text, isChanged } = useIn('typing', (state) => state);
  const listening = useListening(clip, player);
  const { apply, undo, close, write } = stores.typing.getState();
  const attempt = (act: () => Promise<void>) => () => void stores.troubles.getState().attempt(act);
  const press = (event: KeyboardEvent): void => {
    const acts: Readonly<Record<string, () => void>> = {
      F1: listening.slower,
      F2: listening.back,
      F4: listening.toggle,
      Escape: attempt(close),
    };
    const isPut = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
    const act = isPut ? attempt(apply) : acts[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  const range = closeUp?.range ?? { fromS: clip.inS, toS: clip.outS };
  return (
    <section className="typing" aria-label={words.label} onKeyDown={press}>
      <header>
        <h2>{words.title(clip.rank)}</h2>
        <span className="dim num">
          {strings.episode.range(
            clockTenths(clip.inS),
            clockTenths(clip.outS),
            `${plainNumber(clip.durationS)} s`,
          )}
        </span>
        <span className="grow" />
        <button type="button" className="btn edge small" onClick={listening.toggle}>
          {words.listen}
          <kbd>F4</kbd>
        </button>
        <button
          type="button"
          className="btn edge small"
          aria-pressed={listening.isSlow}
          onClick={listening.slower}
        >
          {words.slower}
          <kbd>F1</kbd>
        </button>
        <button type="button" className="btn edge small" onClick={listening.back}>
          {words.back}
          <kbd>F2</kbd>
        </button>
      </header>
      <Zoom clip={clip} closeUp={closeUp} player={player} />
      <Lane laidOut={laidOut} range={range} player={player} />
      <textarea
        className="editor"
        aria-label={words.editor}
        placeholder={words.placeholder}
        value={text}
        maxLength={20_000}
        autoFocus
        spellCheck
        onChange={(event) => {
          write(event.currentTarget.value);
        }}
      />
      <footer>
        <p className="mid">{isChanged ? words.unsaved : text === '' ? words.hint : words.saved}</p>
        <span className="grow" />
        <button type="button" className="btn plain small" onClick={attempt(close)}>
          {words.done}
          <kbd>Esc</kbd>
        </button>
        <button
          type="button"
          className="btn plain small"
          disabled={isChanged || text === ''}
          onClick={attempt(() => undo(clip.episodeId))}
        >
          <Icon name="undo" />
          {words.undo}
        </button>
        <button
          type="button"
          className="btn primary small"
          disabled={!isChanged || text.trim() === ''}
          onClick={attempt(apply)}
        >
          {words.put}
          <kbd>Ctrl Enter</kbd>
        </button>
      </footer>
    </section>
  );
}

/** Hearing while the hands are on the keys: again, slower, two seconds back. */
function useListening(clip: Clip, player: Player) {
  const [isSlow, setSlow] = useState(false);
  const atS = useRef(clip.inS);
  usePlayhead(
    player,
    useCallback((now: number) => {
      atS.current = now;
    }, []),
  );
  useEffect(
    () => () => {
      player.setSpeed(1);
    },
    [player],
  );
  const range = { fromS: clip.inS, toS: clip.outS };
  return {
    isSlow,
    toggle: (): void => {
      player.toggle(range);
    },
    slower: (): void => {
      player.setSpeed(isSlow ? 1 : SLOW);
      setSlow(!isSlow);
    },
    back: (): void => {
      player.play(range, Math.max(clip.inS, atS.current - BACK_S));
    },
  };
}

interface LaneProps {
  readonly laidOut: TypedWords | null;
  readonly range: TimeRange;
  readonly player: Player;
}

/** Less speech without words is a breath, not a gap to be filled. */
const SHORTEST_GAP_S = 0.6;

/** The sentences over the speech that they cover; speech without words is an outline with its seconds. */
function Lane({ laidOut, range, player }: LaneProps) {
  const lane = useRef<HTMLDivElement>(null);
  usePlayhead(
    player,
    useCallback((atS: number) => {
      for (const chip of lane.current?.querySelectorAll<HTMLElement>('[data-from]') ?? [])
        chip.classList.toggle('now', Number(chip.dataset['from']) <= atS && atS < Number(chip.dataset['to']));
    }, []),
  );
  const lengthS = range.toS - range.fromS;
  const across = ({ fromS, toS }: TimeRange): CSSProperties => ({
    left: `${((fromS - range.fromS) / lengthS) * 100}%`,
    width: `${((toS - fromS) / lengthS) * 100}%`,
  });
  const sentences = laidOut?.sentences ?? [];
  return (
    <div className="word-lane" ref={lane} role="group" aria-label={words.lane}>
      {sentences.map((sentence) => (
        <span
          key={sentence.fromS}
          style={across(sentence)}
          title={sentence.text}
          data-from={sentence.fromS}
          data-to={sentence.toS}
        >
          <i>{sentence.text}</i>
        </span>
      ))}
      {withoutWords(laidOut).map((gap) => (
        <span key={gap.fromS} className="none num" style={across(gap)}>
          <i>{words.ofSpeech(plainNumber(Math.round((gap.toS - gap.fromS) * 10) / 10))}</i>
        </span>
      ))}
    </div>
  );
}

/** Speech behind the last typed word, joined over breaths. */
function withoutWords(laidOut: TypedWords | null): TimeRange[] {
  const endS = laidOut?.sentences.at(-1)?.toS ?? 0;
  const gaps: TimeRange[] = [];
  for (const { fromS, toS } of laidOut?.speech ?? []) {
    if (toS <= endS) continue;
    const gap = { fromS: Math.max(fromS, endS), toS };
    const last = gaps.at(-1);
    if (last !== undefined && gap.fromS - last.toS < SHORTEST_GAP_S)
      gaps[gaps.length - 1] = { fromS: last.fromS, toS };
    else gaps.push(gap);
  }
  return gaps.filter(({ fromS, toS }) => toS - fromS >= SHORTEST_GAP_S);
}
