import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprint } from '../media/fingerprint.ts';
import { judge } from '../media/judge.ts';
import { groupMicrophones, mixMicrophones } from '../media/microphones.ts';
import type { EngineContext } from './context.ts';
import { recordOwned } from './recordOwned.ts';
import type { VoiceSource } from './voices.ts';

export interface Identity {
  readonly fingerprint: string;
  readonly modifiedAtMs: number;
}

/** Several microphones are one recording: known again by all of their contents together. */
export async function identify(paths: readonly string[]): Promise<Identity> {
  const found = await Promise.all(paths.map((path) => fingerprint(path)));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const digest = createHash('sha256');
  for (const one of found.map((file) => file.fingerprint).sort()) digest.update(one);
  return {
    fingerprint: `microphones-${digest.digest('hex')}`,
    modifiedAtMs: Math.max(...found.map((file) => file.modifiedAtMs)),
  };
}

export interface JoinedMicrophones {
  readonly path: string;
  readonly name: string | undefined;
  readonly microphones: readonly VoiceSource[];
}

/** Mixes the microphones into one file of the library and says what their names have in common. */
export async function joinMicrophones(
  engine: EngineContext,
  paths: readonly string[],
  episodeId: string,
  run: { readonly signal: AbortSignal; readonly cwd: string },
): Promise<JoinedMicrophones> {
  const tools = await engine.tools();
  const files = await Promise.all(
    paths.map(async (path) => ({
      path,
      facts: await judge(tools, path, { signal: run.signal, cwd: run.cwd }),
    })),
  );
  const folder = join(engine.paths.episodes, episodeId);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'mix.flac');
  const durationS = Math.max(...files.map(({ facts }) => facts.durationS));
  await mixMicrophones(tools, paths, path, { ...run, durationS });
  await recordOwned(engine, path, 'episode-copy', null);
  const [group] = groupMicrophones(files);
  const microphones = files.flatMap(({ path: file, facts: { audio } }, index) => {
    const [stream] = audio;
    const speaker = group?.microphones.find((microphone) => microphone.path === file)?.speaker;
    const named = speaker ?? `Microphone ${index + 1}`;
    return stream === undefined ? [] : [{ speaker: named, path: file, audio: stream, durationS }];
  });
  return { path, name: group?.name, microphones };
}
