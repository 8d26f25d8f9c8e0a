import { useCallback, useMemo, useRef } from 'react';
import type { Clip } from '../../../main/domain/clip.ts';
import { formatClock } from '../../../main/domain/time.ts';
import type { Segment, Word } from '../../../main/domain/transcript.ts';
import { useApp, useIn } from '../../appContext.ts';
import { markWords, type Run, type Turn } from '../../selectors/evidenceMarks.ts';
import { signed } from '../../selectors/numbers.ts';
import { voiceColours } from '../../selectors/voices.ts';
import { fateOf } from '../../selectors/wordFate.ts';
import { strings } from '../../strings.ts';
import { usePicked } from './picking.ts';
import { usePlayhead, type Player } from './player.ts';

/** What of the text is a clip, and what earned and cost points in it. */
export type ReadCut = Pick<Clip, 'inS' | 'outS' | 'parts'>;

interface TranscriptProps {
  readonly cut: ReadCut;
  /** Undefined while the words are on their way. */
  readonly segments: readonly Segment[] | undefined;
  readonly player: Player;
}

/** What is said, with the words that earned points marked and those that cost points underlined in red pencil. */
export function Transcript({ cut, segments, player }: TranscriptProps) {
  const { stores } = useApp();
  const openPart = useIn('episode', (state) => state.openPart);
  const turns = useMemo(() => markWords(segments ?? [], cut, openPart), [segments, cut, openPart]);
  const colours = voiceColours(turns.map(({ speaker }) => speaker));
  const text = useRef<HTMLElement>(null);
  const follow = useCallback((atS: number) => {
    if (text.current !== null) showSpokenWord(text.current, atS);
  }, []);
  const isPointed = useIn('desk', ({ probe, named }) => probe !== null || named !== null);
  usePlayhead(player, follow);
  usePicked(text, stores.desk.getState().pick);
  if (segments !== undefined && turns.length === 0)
    return <p className="dim no-words">{strings.episode.noWords}</p>;
  const inClip = turns.filter((turn) => turn.isInClip);
  return (
    <section
      className={isPointed ? 'transcript pointed' : 'transcript'}
      aria-label={strings.episode.transcript}
      ref={text}
    >
      {turns.map((turn) => (
        <div
          key={turn.fromS}
          className={`turn${turn.isInClip ? ' clip' : ' ctx'}${turn === inClip[0] ? ' first' : ''}${turn === inClip.at(-1) ? ' last' : ''}`}
        >
          <div className={`who ${colours.get(turn.speaker ?? '') ?? ''}`}>
            {turn.speaker !== undefined && <b className="cut">{turn.speaker.split(' ')[0]}</b>}
            <time>{formatClock(turn.fromS)}</time>
          </div>
          <Said turn={turn} player={player} cut={cut} />
        </div>
      ))}
    </section>
  );
}

interface SaidProps {
  readonly turn: Turn;
  readonly player: Player;
  readonly cut: ReadCut;
}

function Said({ turn, player, cut }: SaidProps) {
  return (
    <p
      onDoubleClick={(event) => {
        const from = (event.target as HTMLElement).dataset['from'];
        if (from !== undefined) player.play({ fromS: Number(from), toS: cut.outS });
      }}
    >
      {turn.runs.map((run) => (
        <Marked key={run.words[0]?.fromS} run={run} cut={cut} />
      ))}
    </p>
  );
}

function Marked({ run, cut }: { readonly run: Run; readonly cut: ReadCut }) {
  const probe = useIn('desk', (state) => state.probe);
  const named = useIn('desk', (state) => state.named);
  const range = { fromS: cut.inS, toS: cut.outS };
  const wordClass = (word: Word): string =>
    ['w', fateOf(word, range, { probe, named }) ?? ''].join(' ').trim();
  const words = run.words.map((word, at) => (
    <span key={word.fromS}>
      <span className={wordClass(word)} data-from={word.fromS} data-to={word.toS}>
        {word.text}
      </span>
      {at < run.words.length - 1 && ' '}
    </span>
  ));
  if (run.parts.length === 0) return <>{words} </>;
  return (
    <>
      <mark className={`${run.isCost ? 'red' : 'earned'}${run.isLit ? ' lit' : ''}`}>{words}</mark>
      {run.points !== 0 && (
        <sup className={run.points < 0 ? 'cost' : undefined}>{signed(run.points)}</sup>
      )}{' '}
    </>
  );
}

/** The spoken word is inverted; it moves without easing, and without drawing the text again. */
function showSpokenWord(text: HTMLElement, atS: number): void {
  const spoken = text.querySelector<HTMLElement>('.w.word');
  const isStill =
    spoken !== null && Number(spoken.dataset['from']) <= atS && atS < Number(spoken.dataset['to']);
  if (isStill) return;
  spoken?.classList.remove('word');
  const words = [...text.querySelectorAll<HTMLElement>('.w')];
  const now = words.findLast((word) => Number(word.dataset['from']) <= atS);
  if (now !== undefined && atS < Number(now.dataset['to'])) now.classList.add('word');
}
