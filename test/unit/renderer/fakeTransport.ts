import { givenStatus } from './givenQueue.ts';
import type { DroppedFile, Transport, Upload } from '../../../renderer/client/transport.ts';

type Answer = (input: unknown) => unknown;

/** The edge of the window in a test: answers what it was told to, remembers what it was asked, and tells events. */
export interface FakeTransport extends Transport {
  readonly asked: { name: string; input: unknown }[];
  answer(name: string, answer: Answer): void;
  tell(name: string, payload: unknown): void;
  connect(isConnected: boolean): void;
}

const DEFAULTS: Readonly<Record<string, Answer>> = {
  'window.recall': () => ({
    theme: null,
    place: '/',
    dismissedJobIds: [],
    noticesReadMs: 0,
    exportFolder: null,
    presets: ['reels'],
  }),
  'window.remember': (change) => ({ ...(DEFAULTS['window.recall']?.({}) as object), ...(change as object) }),
  'host.describe': () => ({
    kind: 'browser',
    hasNativeDialogs: false,
    version: '0',
    exportFolder: '/home/pat/Soundbite clips',
    maxUploadBytes: 1000,
  }),
  'episodes.overview': () => [],
  'queue.status': () => givenStatus({}),
};

export function fakeTransport(
  pathOf: (file: DroppedFile) => string | undefined = () => undefined,
): FakeTransport {
  const answers = new Map(Object.entries(DEFAULTS));
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const watchers = new Set<(isConnected: boolean) => void>();
  const asked: FakeTransport['asked'] = [];
  return {
    asked,
    mediaOrigin: '',
    pathOf,
    answer: (name, answer) => answers.set(name, answer),
    tell(name, payload) {
      for (const listener of listeners.get(name) ?? []) listener(payload);
    },
    connect(isConnected) {
      for (const watch of watchers) watch(isConnected);
    },
    async call(name, input) {
      asked.push({ name, input });
      const answer = answers.get(name);
      if (answer === undefined) throw new TypeError(`nobody answers ${name}`);
      const value = await answer(input);
      return value instanceof Refused ? { ok: false, error: value.error } : { ok: true, value };
    },
    on(name, listener) {
      const known = listeners.get(name) ?? new Set();
      listeners.set(name, known.add(listener));
      return () => known.delete(listener);
    },
    onConnection(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    upload(file: DroppedFile, { onProgress }: Upload) {
      asked.push({ name: 'upload', input: file.name });
      onProgress(1);
      return Promise.resolve({ ok: true, value: { path: `/library/${file.name}` } });
    },
  };
}

/** An answer that is a refusal. */
export class Refused {
  readonly error: { code: string; title: string; hint: string; detail: string };
  constructor(title: string, detail = '') {
    this.error = { code: 'UNREADABLE_MEDIA', title, hint: 'Do it again.', detail };
  }
}
