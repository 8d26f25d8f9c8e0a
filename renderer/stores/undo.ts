import { createStore } from 'zustand/vanilla';
import { strings } from '../strings.ts';
import type { AnnouncementStore } from './announcements.ts';
import type { TroublesStore } from './troubles.ts';

/** Something a person did and can take back. */
export interface Step {
  /** What was done, in the past tense. */
  readonly label: string;
  readonly undo: () => Promise<void>;
  readonly redo: () => Promise<void>;
}

interface UndoState {
  /** Oldest first; the last one is taken back next. */
  readonly done: readonly Step[];
  readonly undone: readonly Step[];
  /** Does something and remembers how to take it back; what is refused is told and not remembered. */
  readonly perform: (step: Step) => Promise<void>;
  readonly undo: () => Promise<void>;
  readonly redo: () => Promise<void>;
}

const MOST_STEPS = 50;

interface Needs {
  readonly announcements: AnnouncementStore;
  readonly troubles: TroublesStore;
}

/** The last 50 things that were done, one after another: a step waits until the one before it is through. */
export const createUndoStore = ({ announcements, troubles }: Needs) => {
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (act: () => Promise<void>): Promise<void> => {
    const turn = last.then(act);
    last = turn.catch(() => undefined);
    return turn;
  };
  const tried = (act: () => Promise<void>): Promise<boolean> => troubles.getState().attempt(act);
  return createStore<UndoState>()((set, get) => ({
    done: [],
    undone: [],
    perform: (step) =>
      inTurn(async () => {
        if (!(await tried(step.redo))) return;
        set({ done: [...get().done, step].slice(-MOST_STEPS), undone: [] });
        announcements.getState().say(step.label);
      }),
    undo: () =>
      inTurn(async () => {
        const step = get().done.at(-1);
        if (step === undefined) return;
        // What cannot be taken back any more must not stand in the way of what was done before it.
        set({ done: get().done.slice(0, -1) });
        if (!(await tried(step.undo))) return;
        set({ undone: [...get().undone, step] });
        announcements.getState().say(strings.desk.undo.undone(step.label));
      }),
    redo: () =>
      inTurn(async () => {
        const step = get().undone.at(-1);
        if (step === undefined) return;
        set({ undone: get().undone.slice(0, -1) });
        if (!(await tried(step.redo))) return;
        set({ done: [...get().done, step] });
        announcements.getState().say(strings.desk.undo.redone(step.label));
      }),
  }));
};
export type UndoStore = ReturnType<typeof createUndoStore>;
