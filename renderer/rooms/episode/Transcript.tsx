import { useCallback, useMemo, useRef } from 'react';
import type { Clip } from '../../../main/domain/clip.ts';
import { formatClock } from '../../../main/domain/time.ts';
import { useIn } from '../../appContext.ts';
import { markWords, type Run, type Turn } from '../../selectors/evidenceMarks.ts';
import { signed } from '../../selectors/numbers.ts';
import { voiceColours } from '../../selectors/voices.ts';
import type { CloseUp } from '../../stores/episode.ts';
import { strings } from '../../strings.ts';
import { usePlayhead, type Player } from './player.ts';

interface TranscriptProps {
  readonly clip: Clip;
  readonly closeUp: CloseUp | undefined;
  readonly player: Player;
}

/** What is said, with the words that earned points marked and those that cost points underlined in red pencil. */
export function Transcript({ clip, closeUp, player }: TranscriptProps) {
  const openPart = useIn('episode', (state) => state.openPart);
  const turns = useMemo(() => markWords(closeUp?.segments ?? [], clip, openPart), [closeUp, clip, openPart]);
  const colours = voiceColours(turns.map(({ speaker }) => speaker));
  const text = useRef<HTMLElement>(null);
  const follow = useCallback((atS: number) => {
    if (text.current !== null) showSpokenWord(text.current, atS);
  }, []);
  usePlayhead(player, follow);
  if (closeUp !== undefined && turns.length === 0)
    return <p className="dim no-words">{strings.episode.noWords}</p>;
  const inClip = turns.filter((turn) => turn.isInClip);
  return (
    <section className="transcript" aria-label={strings.episode.transcript} ref={text}>
      {turns.map((turn) => (
        <div
          key={turn.fromS}
          className={`turn${turn.isInClip ? ' clip' : ' ctx'}${turn === inClip[0] ? ' first' : ''}${turn === inClip.at(-1) ? ' last' : ''}`}
        >
          <div className={`who ${colours.get(turn.speaker ?? '') ?? ''}`}>
            {turn.speaker !== undefined && <b className="cut">{turn.speaker.split(' ')[0]}</b>}
            <time>{formatClock(turn.fromS)}</time>
          </div>
          <Said turn={turn} player={player} clip={clip} />
        </div>
      ))}
    </section>
  );
}

interface SaidProps {
  readonly turn: Turn;
  readonly player: Player;
  readonly clip: Clip;
}

function Said({ turn, player, clip }: SaidProps) {
  return (
    <p
      onDoubleClick={(event) => {
        const from = (event.target as HTMLElement).dataset['from'];
        if (from !== undefined) player.play({ fromS: Number(from), toS: clip.outS });
      }}
    >
      {turn.runs.map((run) => (
        <Marked key={run.words[0]?.fromS} run={run} />
      ))}
    </p>
  );
}

function Marked({ run }: { readonly run: Run }) {
  const words = run.words.map((word, at) => (
    <span key={word.fromS}>
      <span className="w" data-from={word.fromS} data-to={word.toS}>
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
