import { useCallback, useRef, type CSSProperties, type PointerEvent } from 'react';
import type { EpisodeDetail } from '../../../main/contract/episodes.ts';
import type { Clip } from '../../../main/domain/clip.ts';
import { clamp, formatClock } from '../../../main/domain/time.ts';
import { useApp, useIn, useTheme } from '../../appContext.ts';
import { wholeScore } from '../../selectors/numbers.ts';
import { rulerMarks } from '../../selectors/ruler.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';
import { Wave } from '../../ui/Wave.tsx';
import { usePlayhead, type Player } from './player.ts';

const share = (atS: number, durationS: number): string => `${(atS / durationS) * 100}%`;

/** The whole episode: its sound, its candidates where they are, and what is off limits. */
export function Strip({ detail, player }: { readonly detail: EpisodeDetail; readonly player: Player }) {
  const wave = useIn('episode', (state) => state.wave);
  const selectedId = useIn('episode', (state) => state.selectedId);
  const { stores } = useApp();
  const theme = useTheme();
  const { clips, marks, episode } = detail;
  const offLimits = detail.offLimits.filter(({ isOverruled }) => !isOverruled);
  const { durationS } = episode;
  const across = ({ fromS, toS }: { fromS: number; toS: number }): CSSProperties => ({
    left: share(fromS, durationS),
    width: share(toS - fromS, durationS),
  });
  const lit = clips
    .filter((clip) => clip.state !== 'rejected')
    .map(({ inS, outS }) => ({ from: inS / durationS, to: outS / durationS }));
  const gaps = offLimits.map(({ fromS, toS }) => ({ from: fromS / durationS, to: toS / durationS }));
  const listen = (event: PointerEvent<HTMLElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const atS = clamp((event.clientX - left) / width, 0, 1) * durationS;
    void stores.desk.getState().lookAt(atS);
    player.play({ fromS: atS, toS: durationS });
  };
  return (
    <section className="strip" aria-label={strings.episode.wholeEpisode}>
      <div className="flags">
        {clips.map((clip) => (
          <Flag key={clip.id} clip={clip} durationS={durationS} isNow={clip.id === selectedId} />
        ))}
      </div>
      <div className="tape" onPointerDown={listen}>
        {clips.map((clip) => (
          <i
            key={clip.id}
            className={`span${clip.id === selectedId ? ' now' : ''}${clip.state === 'rejected' ? ' no' : ''}`}
            style={across({ fromS: clip.inS, toS: clip.outS })}
          />
        ))}
        {wave !== null && <Wave columns={wave} lit={lit} gaps={gaps} theme={theme} />}
        {offLimits.map((range) => (
          <span key={range.fromS} className="off hatch" style={across(range)} title={range.reason}>
            {range.kind === 'off-record' && <Icon name="lock" />}
            <span className="sr">
              {strings.episode.offLimits}, {range.kind}, {formatClock(range.fromS)}: {range.reason}
            </span>
          </span>
        ))}
        {marks.map((mark) => (
          <i key={mark.id} className="pin" style={{ left: share(mark.atS, durationS) }} title={mark.note} />
        ))}
        <Head durationS={durationS} player={player} />
      </div>
      <div className="ruler num" aria-hidden="true">
        {rulerMarks(durationS).map((atS) => (
          <span key={atS} style={{ left: share(atS, durationS) }}>
            {formatClock(atS)}
          </span>
        ))}
      </div>
    </section>
  );
}

interface FlagProps {
  readonly clip: Clip;
  readonly durationS: number;
  readonly isNow: boolean;
}

function Flag({ clip, durationS, isNow }: FlagProps) {
  const { stores } = useApp();
  const isRejected = clip.state === 'rejected';
  const isKept = clip.state === 'kept' || clip.state === 'trimmed';
  return (
    <button
      type="button"
      className={`flag num${isNow ? ' now' : ''}${isRejected ? ' no' : ''}${isKept ? ' kept' : ''}`}
      style={{ left: share((clip.inS + clip.outS) / 2, durationS) }}
      aria-label={`${strings.episode.score(wholeScore(clip.score))}, ${clip.title}`}
      tabIndex={-1}
      onClick={() => {
        stores.episode.getState().select(clip.id);
      }}
    >
      {isKept && <Icon name="check" />}
      {isRejected && <Icon name="close" />}
      {wholeScore(clip.score)}
    </button>
  );
}

function Head({ durationS, player }: { readonly durationS: number; readonly player: Player }) {
  const element = useRef<HTMLElement>(null);
  const follow = useCallback(
    (atS: number) => {
      element.current?.classList.remove('hidden');
      element.current?.style.setProperty('left', share(atS, durationS));
    },
    [durationS],
  );
  usePlayhead(player, follow);
  return <i ref={element} className="head-line thin hidden" />;
}
