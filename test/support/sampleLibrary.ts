import { join } from 'node:path';
import { createCaller } from '../../main/api/dispatch.ts';
import { createHandlers } from '../../main/api/handlers.ts';
import { createEngine } from '../../main/engine/createEngine.ts';
import { root } from './cli.ts';
import { temporaryFolder } from './folder.ts';

const refuse = () => Promise.reject(new Error('nobody is asked here'));
export const fail = (message: string, cause?: unknown): never => {
  throw new Error(message, { cause });
};

/** An engine that works, in a library with the sample episode. */
export async function openSample(env: NodeJS.ProcessEnv = {}) {
  const folder = temporaryFolder();
  const engine = await createEngine({
    env: { ...process.env, ...env, SOUNDBITE_HOME: folder.file('home') },
    resourcesDir: join(root, 'resources'),
    works: true,
    onNotice: () => undefined,
    onBug: (error) => fail('a bug', error),
  });
  const host = {
    kind: 'cli',
    hasNativeDialogs: false,
    pickMedia: refuse,
    pickFolder: refuse,
    reveal: refuse,
  } as const;
  const call = createCaller(
    createHandlers(() => Promise.resolve(engine), host),
    fail,
  );
  const { jobs } = await call('episodes.importSample', {});
  const [intake] = await call('jobs.settled', { jobIds: jobs.map(({ id }) => id) });
  const episodeId = String(intake?.result?.['episodeId']);
  return {
    call,
    episodeId,
    out: folder.file('clips'),
    async [Symbol.asyncDispose]() {
      await engine.close();
      folder[Symbol.dispose]();
    },
  };
}
