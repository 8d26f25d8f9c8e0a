import { useEffect, useRef } from 'react';
import type { Clip } from '../../../main/domain/clip.ts';
import type { TimeRange } from '../../../main/domain/time.ts';
import { useApp } from '../../appContext.ts';
import type { Stores } from '../../stores/app.ts';
import { cutOf } from '../../stores/desk.ts';
import type { Decision } from '../../stores/episode.ts';
import type { Player } from './player.ts';
import { edgeHeard, edgeProposed, firstSeconds, lastSeconds, rangeOf } from './ranges.ts';
import { rungBeside } from './rungs.ts';

export interface Desk {
  readonly player: Player;
  readonly clip: Clip | undefined;
  /** What plays and pauses: the clip, or the episode from a place in it. */
  readonly range: TimeRange | undefined;
  readonly episodeId: string;
  readonly showId: string;
  readonly durationS: number;
  readonly decide: (decision: Decision) => void;
  readonly openExport: () => void;
}

type Acts = Readonly<Record<string, (() => void) | undefined>>;

const BACK_S = 5;

/** Where a key belongs to what has the focus: typing, and the two keys that press a button. */
function isTaken(event: KeyboardEvent): boolean {
  const { target } = event;
  if (!(target instanceof Element) || document.querySelector('dialog[open]') !== null) return true;
  if (target.closest('input:not([type="file"]), textarea, select, video') !== null) return true;
  const presses = event.key === ' ' || event.key === 'Enter';
  return presses && target.closest('button:not(.card), a, label') !== null;
}

/** A key as it is written on its button: m, Shift+m, Control+z. */
export function keyName({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): string {
  const isLetter = /^[a-z]$/iu.test(key);
  const control = ctrlKey || metaKey ? 'Control+' : '';
  return `${control}${isLetter && shiftKey ? 'Shift+' : ''}${isLetter ? key.toLowerCase() : key}`;
}

function actsOnSound(stores: Stores, { player, clip, range, durationS }: Desk): Acts {
  const playing = (heard: TimeRange) => (): void => {
    player.play(heard);
  };
  const atS = player.atS();
  return {
    ' ':
      range &&
      ((): void => {
        player.toggle(range);
      }),
    '[': clip && playing(firstSeconds(clip)),
    ']': clip && playing(lastSeconds(clip)),
    Home: clip && playing(rangeOf(clip)),
    j: playing({ fromS: Math.max(0, atS - BACK_S), toS: durationS }),
    k: player.pause,
    l: () => {
      void stores.desk.getState().lookAt(atS);
      player.play({ fromS: atS, toS: durationS });
    },
  };
}

/** What is pointed at, else the best offer there is. */
function offerFor(stores: Stores, clip: Clip) {
  const { offers, probe } = stores.desk.getState();
  if (offers?.cut !== cutOf(clip)) return undefined;
  const pointed = offers.fixes.find(({ inS, outS }) => inS === probe?.fromS && outS === probe.toS);
  return pointed ?? offers.fixes[0];
}

function actsOnCut(stores: Stores, { player, clip }: Desk): Acts {
  if (clip === undefined) return {};
  const { applyFix, takeRung, point } = stores.desk.getState();
  const climb = (step: 1 | -1) => (): void => {
    const rung = rungBeside(clip, step);
    if (rung !== undefined) void takeRung(clip, rung);
  };
  const withOffer = (act: (fix: NonNullable<ReturnType<typeof offerFor>>) => void) => (): void => {
    const fix = offerFor(stores, clip);
    if (fix !== undefined) act(fix);
  };
  return {
    f: withOffer((fix) => void applyFix(clip, fix)),
    'Shift+f': withOffer((fix) => {
      const { offers, probe } = stores.desk.getState();
      const fixes = offers?.fixes ?? [];
      const next = probe === null ? fix : (fixes[(fixes.indexOf(fix) + 1) % fixes.length] ?? fix);
      point({ fromS: next.inS, toS: next.outS });
    }),
    b: withOffer((fix) => {
      player.play(edgeHeard(fix, clip));
    }),
    v: withOffer((fix) => {
      player.play(edgeProposed(fix));
    }),
    '+': climb(1),
    '-': climb(-1),
    n: () => {
      stores.episode.getState().show('titles');
      requestAnimationFrame(() => document.querySelector<HTMLElement>('.title-choice')?.focus());
    },
  };
}

function actsOnEpisode(stores: Stores, desk: Desk): Acts {
  const { episodeId, showId, player } = desk;
  const { mark, clipFrom, keepOffRecord, picked, moment, leaveMoment, show } = stores.desk.getState();
  const here = { fromS: player.atS(), toS: player.atS() + 1 };
  return {
    m: () => void mark(episodeId, player.atS()),
    w: picked === null && moment === null ? undefined : () => void clipFrom(episodeId, picked ?? here),
    'Shift+x': picked === null ? undefined : () => void keepOffRecord(episodeId, picked, ''),
    Escape: moment === null ? undefined : leaveMoment,
    'Shift+c': () => {
      show('candidates');
    },
    'Shift+m': () => {
      show('marks');
    },
    'Shift+o': () => {
      show('offLimits');
    },
    'Shift+l': () => void stores.learning.getState().open(showId),
  };
}

function actsOn(stores: Stores, desk: Desk): Acts {
  const { decide, openExport } = desk;
  const { move } = stores.episode.getState();
  const { undo, redo } = stores.undo.getState();
  return {
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
    'Control+z': () => void undo(),
    'Control+Shift+z': () => void redo(),
    'Control+y': () => void redo(),
    ...actsOnSound(stores, desk),
    ...actsOnCut(stores, desk),
    ...actsOnEpisode(stores, desk),
  };
}

/** The hand stays on the keys; each is shown on the button it presses. */
export function useDeskKeys(desk: Desk): void {
  const { stores } = useApp();
  const latest = useRef(desk);
  useEffect(() => {
    latest.current = desk;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.altKey || isTaken(event)) return;
      const act = actsOn(stores, latest.current)[keyName(event)];
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
