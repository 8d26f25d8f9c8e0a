import { useEffect, useSyncExternalStore } from 'react';
import type { TimeRange } from '../../../main/domain/time.ts';

/** Plays exactly a range of one recording. The time of the playhead is told, never stored. */
export interface Player {
  readonly attach: (element: HTMLMediaElement | null) => void;
  /** Plays from a second of the range, its start unless told otherwise, and stops at its end. */
  readonly play: (range: TimeRange, fromS?: number) => void;
  /** Goes on where it stopped if that is inside the range, else from its start; a second ask pauses. */
  readonly toggle: (range: TimeRange) => void;
  readonly pause: () => void;
  readonly isPlaying: () => boolean;
  /** Where the playhead is. */
  readonly atS: () => number;
  /** Slower or faster than it was spoken: 1 is as spoken. */
  readonly setSpeed: (factor: number) => void;
  readonly subscribe: (listener: () => void) => () => void;
  readonly onTime: (listener: (atS: number) => void) => () => void;
}

/** Closer than this to the end counts as at the end. */
const END_SLACK_S = 0.05;

export function createPlayer(): Player {
  let element: HTMLMediaElement | null = null;
  let endS = Number.POSITIVE_INFINITY;
  let isPlaying = false;
  let frame = 0;
  const listeners = new Set<() => void>();
  const clocks = new Set<(atS: number) => void>();
  const tellTime = (atS: number): void => {
    for (const clock of clocks) clock(atS);
  };
  const setPlaying = (now: boolean): void => {
    if (isPlaying === now) return;
    isPlaying = now;
    for (const listener of listeners) listener();
  };
  const halt = (): void => {
    cancelAnimationFrame(frame);
    element?.pause();
    setPlaying(false);
  };
  const watch = (): void => {
    if (element === null) return;
    if (element.currentTime >= endS) {
      halt();
      element.currentTime = endS;
      tellTime(endS);
      return;
    }
    tellTime(element.currentTime);
  };
  // A hidden tab draws no frames; timeupdate still comes then.
  const tick = (): void => {
    watch();
    if (isPlaying) frame = requestAnimationFrame(tick);
  };
  const play = (range: TimeRange, fromS = range.fromS): void => {
    if (element === null) return;
    endS = range.toS;
    element.currentTime = fromS;
    tellTime(fromS);
    setPlaying(true);
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(tick);
    element.play().catch(() => {
      // Paused before it began, or the file has gone: either way nothing plays, and the button says so.
      setPlaying(false);
    });
  };
  return {
    attach(next) {
      if (element === next) return;
      element?.removeEventListener('timeupdate', watch);
      halt();
      element = next;
      element?.addEventListener('timeupdate', watch);
      element?.addEventListener('ended', halt);
    },
    play,
    toggle(range) {
      if (isPlaying) {
        halt();
        return;
      }
      const atS = element?.currentTime ?? 0;
      const isInside = atS >= range.fromS && atS < range.toS - END_SLACK_S;
      play(range, isInside ? atS : range.fromS);
    },
    pause: halt,
    isPlaying: () => isPlaying,
    atS: () => element?.currentTime ?? 0,
    setSpeed(factor) {
      if (element !== null) element.playbackRate = factor;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onTime(listener) {
      clocks.add(listener);
      return () => clocks.delete(listener);
    },
  };
}

export const useIsPlaying = (player: Player): boolean =>
  useSyncExternalStore(player.subscribe, player.isPlaying);

/** Follows the playhead without drawing anything again. */
export function usePlayhead(player: Player, follow: (atS: number) => void): void {
  useEffect(() => player.onTime(follow), [player, follow]);
}
