import { afterAll, beforeAll } from 'vitest';
import { events, type EventName } from '../../main/contract/index.ts';
import { layOutApp, startElectronDouble } from '../support/electronDouble/start.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/folder.ts';
import { conformance, type HostDriver } from './conformance.ts';

let folder: TemporaryFolder;
beforeAll(() => {
  folder = temporaryFolder();
  layOutApp(folder.file('app'));
});
afterAll(() => {
  folder[Symbol.dispose]();
});

async function openElectron(home: string): Promise<HostDriver> {
  const double = await startElectronDouble({ appDir: folder.file('app'), home });
  const names = Object.keys(events) as EventName[];
  for (const name of names) await double.ask({ kind: 'listen', name });
  return {
    events: names,
    call: (name, input) => double.call(name, input),
    on: (name, listener) => double.on(name, listener),
    async fetchMedia(path, { method, range }) {
      const ask = range === undefined ? {} : { Range: range };
      const { status, headers, body } = await double.fetch(path, ask, method);
      return { status, header: (name) => headers[name] ?? null, bytes: new Uint8Array(body) };
    },
    async close() {
      await double[Symbol.asyncDispose]();
      if (double.stderr() !== '') throw new Error(double.stderr());
    },
  };
}

conformance('the desktop shell on a double of Electron', openElectron);
