import { createStore } from 'zustand/vanilla';
import type { WireError } from '../../main/domain/errors.ts';
import { CallRefused, troubleOf } from '../client/client.ts';

export interface Act {
  readonly label: string;
  readonly run: () => void;
}

/** Something that went wrong and stays on screen until somebody has dealt with it. */
export interface Trouble {
  readonly id: number;
  /** What it is about: a file's name, a clip's title; empty where the title says enough. */
  readonly subject: string;
  readonly error: WireError;
  readonly acts: readonly Act[];
}

interface TroublesState {
  readonly troubles: readonly Trouble[];
  readonly tell: (error: unknown, subject?: string, acts?: readonly Act[]) => void;
  readonly dismiss: (id: number) => void;
  /** Does something for a person; when it is refused, they read why, with a way to try again where that can help. */
  readonly attempt: (act: () => Promise<void>, retry?: Act) => Promise<boolean>;
}

/** Refused calls and files, newest last. */
export const createTroublesStore = () => {
  let next = 1;
  return createStore<TroublesState>()((set, get) => ({
    troubles: [],
    tell(error, subject = '', acts = []) {
      const trouble = { id: next, subject, error: troubleOf(error), acts };
      next += 1;
      const isNew = ({ error: known, subject: about }: Trouble): boolean =>
        known.title !== trouble.error.title || known.detail !== trouble.error.detail || about !== subject;
      set(({ troubles }) => ({ troubles: [...troubles.filter(isNew), trouble] }));
    },
    dismiss(id) {
      set(({ troubles }) => ({ troubles: troubles.filter((trouble) => trouble.id !== id) }));
    },
    async attempt(act, retry) {
      try {
        await act();
        return true;
      } catch (error) {
        if (!(error instanceof CallRefused)) throw error;
        get().tell(error, '', retry === undefined ? [] : [retry]);
        return false;
      }
    },
  }));
};
export type TroublesStore = ReturnType<typeof createTroublesStore>;
