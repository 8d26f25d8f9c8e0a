import { useCallback, useEffect, useRef } from 'react';
import type { Clip } from '../../../main/domain/clip.ts';
import { formatClock, type TimeRange } from '../../../main/domain/time.ts';
import { clockTenths } from '../../selectors/numbers.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';
import { Key } from './Key.tsx';
import { useIsPlaying, usePlayhead, type Player } from './player.ts';
import { UndoBar } from './UndoBar.tsx';
import { firstSeconds, lastSeconds, rangeOf } from './ranges.ts';

interface TransportProps {
  readonly clip: Clip;
  readonly player: Player;
  readonly durationS: number;
}

interface TransportBarProps extends TransportProps {
  /** What plays and pauses: the clip, or the episode from a place in it. */
  readonly range: TimeRange;
}

export function Transport({ clip, range, player, durationS }: TransportBarProps) {
  const isPlaying = useIsPlaying(player);
  return (
    <>
      <button
        type="button"
        className="btn plain icon"
        aria-label={strings.episode.toStart}
        onClick={() => {
          player.play(rangeOf(clip));
        }}
      >
        <Icon name="start" />
      </button>
      <button
        type="button"
        className="playbig"
        aria-label={isPlaying ? strings.episode.pause : strings.episode.play}
        aria-keyshortcuts="Space"
        onClick={() => {
          player.toggle(range);
        }}
      >
        <Icon name={isPlaying ? 'pause' : 'play'} />
      </button>
      <Clock clip={clip} player={player} durationS={durationS} />
      <button
        type="button"
        className="btn edge"
        aria-keyshortcuts="["
        onClick={() => {
          player.play(firstSeconds(clip));
        }}
      >
        {strings.episode.firstThree}
        <Key name="[" />
      </button>
      <button
        type="button"
        className="btn edge"
        aria-keyshortcuts="]"
        onClick={() => {
          player.play(lastSeconds(clip));
        }}
      >
        {strings.episode.lastThree}
        <Key name="]" />
      </button>
      <span className="grow" />
      <UndoBar />
    </>
  );
}

/** Where the playhead is; written straight to the page, because it changes with every frame. */
function Clock({ clip, player, durationS }: TransportProps) {
  const now = useRef<HTMLElement>(null);
  const show = useCallback((atS: number) => {
    if (now.current !== null) now.current.textContent = clockTenths(atS);
  }, []);
  usePlayhead(player, show);
  useEffect(() => {
    if (!player.isPlaying()) show(clip.inS);
  }, [player, show, clip.id, clip.inS]);
  return (
    <p className="clock num" aria-label={strings.episode.position}>
      <b ref={now} />
      <span className="dim"> / {formatClock(durationS)}</span>
    </p>
  );
}
