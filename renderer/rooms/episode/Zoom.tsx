import { useCallback, useRef, type CSSProperties, type PointerEvent } from 'react';
import type { Clip } from '../../../main/domain/clip.ts';
import type { TimeRange } from '../../../main/domain/time.ts';
import { useIn, useTheme } from '../../appContext.ts';
import { evidenceLane } from '../../selectors/evidenceLane.ts';
import { clockTenths, signed } from '../../selectors/numbers.ts';
import { voiceColours, voiceStretches } from '../../selectors/voices.ts';
import { changesOf } from '../../selectors/wordFate.ts';
import type { CloseUp } from '../../stores/episode.ts';
import { strings } from '../../strings.ts';
import { Wave } from '../../ui/Wave.tsx';
import { usePlayhead, type Player } from './player.ts';

interface ZoomProps {
  readonly clip: Clip;
  readonly closeUp: CloseUp | undefined;
  readonly player: Player;
}

/** The clip's own sound with a little around it: the cut, who speaks, and where points were earned. */
export function Zoom({ clip, closeUp, player }: ZoomProps) {
  const theme = useTheme();
  const shown = closeUp?.range ?? { fromS: clip.inS, toS: clip.outS };
  const lengthS = shown.toS - shown.fromS;
  const at = (second: number): string => `${((second - shown.fromS) / lengthS) * 100}%`;
  const across = (fromS: number, toS: number): CSSProperties => ({
    left: at(fromS),
    width: `${((toS - fromS) / lengthS) * 100}%`,
  });
  const seek = (event: PointerEvent<HTMLElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const second = shown.fromS + ((event.clientX - left) / width) * lengthS;
    player.play({ fromS: second, toS: second < clip.outS ? clip.outS : shown.toS });
  };
  const lit = [{ from: (clip.inS - shown.fromS) / lengthS, to: (clip.outS - shown.fromS) / lengthS }];
  const columns = closeUp?.columns ?? null;
  const segments = closeUp?.segments ?? [];
  const colours = voiceColours(clip.speakers.concat(segments.flatMap(({ speaker }) => speaker ?? [])));
  return (
    <>
      <section className="zoom" aria-label={strings.episode.closeUp} onPointerDown={seek}>
        <i className="range" style={across(clip.inS, clip.outS)} />
        <Ghost clip={clip} shown={shown} across={across} />
        {columns !== null && <Wave columns={columns} lit={lit} theme={theme} pitch={1} hasCore />}
        <span className="handle in num" style={{ left: at(clip.inS) }}>
          <span>{clockTenths(clip.inS)}</span>
        </span>
        <span className="handle out num" style={{ left: at(clip.outS) }}>
          <span>{clockTenths(clip.outS)}</span>
        </span>
        <span className="voices" aria-hidden="true">
          {voiceStretches(segments).map((stretch) => (
            <i
              key={stretch.fromS}
              className={colours.get(stretch.speaker ?? '') ?? 'none'}
              style={across(Math.max(shown.fromS, stretch.fromS), Math.min(shown.toS, stretch.toS))}
            />
          ))}
        </span>
        <Head at={at} player={player} />
      </section>
      <div className="notes num" aria-hidden="true">
        {evidenceLane(clip.parts, shown).map((note) => (
          <span
            key={note.at}
            className={note.points < 0 ? 'cost' : undefined}
            style={{ left: `${note.at * 100}%` }}
          >
            {signed(note.points)}
          </span>
        ))}
      </div>
    </>
  );
}

interface GhostProps {
  readonly clip: Clip;
  readonly shown: TimeRange;
  readonly across: (fromS: number, toS: number) => CSSProperties;
}

/** What a better cut that is pointed at would take in and give up. */
function Ghost({ clip, shown, across }: GhostProps) {
  const probe = useIn('desk', (state) => state.probe);
  if (probe === null) return null;
  const { gained, lost } = changesOf({ fromS: clip.inS, toS: clip.outS }, probe);
  const place = (range: TimeRange): CSSProperties =>
    across(Math.max(shown.fromS, range.fromS), Math.min(shown.toS, range.toS));
  return (
    <>
      {gained.map((range) => (
        <i key={range.fromS} className="ghost" style={place(range)} />
      ))}
      {lost.map((range) => (
        <i key={range.fromS} className="ghost less" style={place(range)} />
      ))}
    </>
  );
}

function Head({ at, player }: { readonly at: (second: number) => string; readonly player: Player }) {
  const element = useRef<HTMLElement>(null);
  const place = useRef(at);
  place.current = at;
  const follow = useCallback((second: number) => {
    const head = element.current;
    if (head === null) return;
    head.style.setProperty('left', place.current(second));
    head.classList.remove('hidden');
  }, []);
  usePlayhead(player, follow);
  return <i ref={element} className="head-line hidden" />;
}
