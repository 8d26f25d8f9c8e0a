import { createStore } from 'zustand/vanilla';

interface AnnouncementState {
  readonly text: string;
  readonly say: (text: string) => void;
}

const REST_MS = 5_000;

/** What is said aloud: never more than once in five seconds, and then the latest. */
export const createAnnouncementStore = (
  now: () => number = () => Date.now(),
  later: (act: () => void, ms: number) => void = setTimeout,
) => {
  let freeAtMs = 0;
  let waiting: string | undefined;
  return createStore<AnnouncementState>()((set) => {
    const speak = (text: string): void => {
      freeAtMs = now() + REST_MS;
      set({ text });
    };
    return {
      text: '',
      say(text) {
        if (now() >= freeAtMs && waiting === undefined) {
          speak(text);
          return;
        }
        if (waiting === undefined) {
          later(
            () => {
              const latest = waiting;
              waiting = undefined;
              if (latest !== undefined) speak(latest);
            },
            Math.max(0, freeAtMs - now()),
          );
        }
        waiting = text;
      },
    };
  });
};
export type AnnouncementStore = ReturnType<typeof createAnnouncementStore>;
