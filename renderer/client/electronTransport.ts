import type { DroppedFile, Transport } from './transport.ts';

/** What the preload script exposes, and nothing else. */
export interface Bridge {
  call(name: string, input: unknown): Promise<unknown>;
  on(name: string, listener: (payload: unknown) => void): () => void;
  pathOf(file: File): string;
}

declare global {
  interface Window {
    readonly soundbite?: Bridge;
  }
}

/** The desktop window: the engine lives in the same program, so that it is never lost and files are linked in place. */
export function electronTransport(bridge: Bridge): Transport {
  return {
    mediaOrigin: '',
    call: (name, input) => bridge.call(name, input),
    on: (name, listener) => bridge.on(name, listener),
    onConnection: () => () => undefined,
    pathOf(file: DroppedFile) {
      const path = file instanceof File ? bridge.pathOf(file) : '';
      return path === '' ? undefined : path;
    },
    upload: (file) => Promise.reject(new TypeError(`${file.name} has no path on this computer`)),
  };
}
