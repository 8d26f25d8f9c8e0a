import { useEffect, useRef } from 'react';
import type { Clip } from '../../../main/domain/clip.ts';
import { useApp } from '../../appContext.ts';
import type { Decision } from '../../stores/episode.ts';
import type { Player } from './player.ts';
import { firstSeconds, lastSeconds, rangeOf } from './ranges.ts';

export interface Desk {
  readonly player: Player;
  readonly clip: Clip | undefined;
  readonly decide: (decision: Decision) => void;
  readonly openExport: () => void;
}

/** Where a key belongs to what has the focus: typing, and the two keys that press a button. */
function isTaken(event: KeyboardEvent): boolean {
  const { target } = event;
  if (!(target instanceof Element) || document.querySelector('dialog[open]') !== null) return true;
  if (target.closest('input:not([type="file"]), textarea, select, video') !== null) return true;
  const presses = event.key === ' ' || event.key === 'Enter';
  return presses && target.closest('button:not(.card), a, label') !== null;
}

/** The hand stays on the keys; each is shown on the button it presses. */
export function useDeskKeys(desk: Desk): void {
  const { stores } = useApp();
  const latest = useRef(desk);
  useEffect(() => {
    latest.current = desk;
  });
  useEffect(() => {
    const { move } = stores.episode.getState();
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event)) return;
      const { player, clip, decide, openExport } = latest.current;
      const acts: Readonly<Record<string, () => void>> = {
        ArrowDown: () => {
          move(1);
        },
        ArrowUp: () => {
          move(-1);
        },
        y: () => {
          decide('keep');
        },
        x: () => {
          decide('reject');
        },
        u: () => {
          decide('undecide');
        },
        e: openExport,
        ' ': () => {
          if (clip !== undefined) player.toggle(rangeOf(clip));
        },
        '[': () => {
          if (clip !== undefined) player.play(firstSeconds(clip));
        },
        ']': () => {
          if (clip !== undefined) player.play(lastSeconds(clip));
        },
        Home: () => {
          if (clip !== undefined) player.play(rangeOf(clip));
        },
      };
      const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', press);
    return () => {
      removeEventListener('keydown', press);
    };
  }, [stores]);
}
