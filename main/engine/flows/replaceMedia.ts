import { mkdir, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { MediaFacts } from '../../domain/episode.ts';
import type { Job } from '../../domain/job.ts';
import type { Levels } from '../../domain/levels.ts';
import { VersionOutcome } from '../../domain/newVersion.ts';
import { REPLACE_STAGES } from '../../domain/stage.ts';
import { TimeMap } from '../../domain/timeMap.ts';
import type { StoredEpisode } from '../db/episodes.ts';
import { readJson } from '../db/json.ts';
import type { OwnedFile } from '../db/ownedFiles.ts';
import type { Lease } from '../jobs/lease.ts';
import type { Finished, JobKind } from '../jobs/kind.ts';
import type { Queue } from '../jobs/queue.ts';
import { runStages, type AnyStage } from '../jobs/stages.ts';
import { analyse } from '../media/analyse.ts';
import { findCover } from '../media/cover.ts';
import { fingerprint } from '../media/fingerprint.ts';
import { judge } from '../media/judge.ts';
import { readLevels } from '../media/levels.ts';
import { mapVersionsInSteps } from '../media/mapVersions.ts';
import { mapSpeech } from '../media/speechMap.ts';
import { analysisFolderOf } from './analysisFolder.ts';
import type { EngineContext } from './context.ts';
import { moveEpisode } from './moveEpisode.ts';
import { currentTranscription } from './requestTranscription.ts';
import { hear } from './searchInput.ts';
import { withWorkFolder } from './workFolder.ts';

export const ReplacePayload = z.object({ episodeId: z.string(), path: z.string() });
export type ReplacePayload = z.infer<typeof ReplacePayload>;

interface ReplaceArtifacts {
  readonly judge: {
    readonly oldFingerprint: string;
    readonly fingerprint: string;
    readonly modifiedAtMs: number;
    readonly facts: MediaFacts;
  };
  /** A folder of the work folder, which another run does not have. */
  readonly listen: { readonly folder: string };
  readonly match: TimeMap;
  readonly move: { readonly outcome: VersionOutcome; readonly oldFolder: string };
}

interface ReplaceContext {
  readonly engine: EngineContext;
  readonly payload: ReplacePayload;
  readonly lease: Lease;
  readonly workDir: string;
  /** Told as soon as the episode has its new version: from then on nothing is left to cancel. */
  readonly onMoved: (moved: ReplaceArtifacts['move']) => void;
}

/** What happens when an episode gets a new version of its recording. */
export const replaceStages: readonly AnyStage<ReplaceContext, ReplaceArtifacts>[] = [
  { ...REPLACE_STAGES.judge, run: judgeVersion },
  { ...REPLACE_STAGES.listen, run: listen, isStillGood: isHeard },
  { ...REPLACE_STAGES.match, run: match },
  { ...REPLACE_STAGES.move, run: move },
];

/**
 * Queues the exchange of an episode's recording for a new version of it. Refuses at once what can be seen at once: an unknown
 * episode, one that is still coming in or being transcribed, a missing file (as fingerprint does), and a recording that is in the library already.
 */
export async function requestReplacement(
  engine: EngineContext,
  queue: Queue,
  request: ReplacePayload,
): Promise<Job> {
  const { episode } = storedEpisode(engine, request.episodeId);
  if (episode.state !== 'ready')
    throw new AppError('WRONG_STATE', `${episode.title} is ${episode.state}, not ready`);
  if (currentTranscription(queue, episode.id) !== undefined)
    throw new AppError(
      'WRONG_STATE',
      `the words of “${episode.title}” are being recognised; wait or cancel that`,
    );
  assertUnknown(engine, (await fingerprint(request.path)).fingerprint, request.path);
  const path = await realpath(request.path);
  const payload: ReplacePayload = { episodeId: episode.id, path };
  return queue.enqueue({
    kind: 'replace',
    lane: 'intake',
    priority: 'normal',
    payload,
    label: `${episode.title}: ${basename(path)}`,
    episodeId: episode.id,
    uniqueKey: `replace:${episode.id}:${path}`,
  });
}

export const replaceKind = (engine: EngineContext): JobKind => ({
  run: (lease) =>
    withWorkFolder(engine.paths, lease, async (workDir): Promise<Finished> => {
      const payload = ReplacePayload.parse(readJson(lease.job.payload));
      let moved: ReplaceArtifacts['move'] | undefined;
      const onMoved = (made: ReplaceArtifacts['move']): void => {
        moved = made;
      };
      const { outcome, oldFolder } = await runStages(
        replaceStages,
        { engine, payload, lease, workDir, onMoved },
        lease,
      ).then(
        (made) => made.move,
        (error: unknown) => {
          if (moved === undefined) throw error;
          return moved;
        },
      );
      await discardHeard(engine, oldFolder);
      engine.emit('episodes.changed', { episodeId: payload.episodeId });
      return { result: { ...outcome } };
    }),
});

function storedEpisode(engine: EngineContext, episodeId: string): StoredEpisode {
  const stored = engine.episodes.get(episodeId);
  if (stored === undefined) throw new AppError('NOT_FOUND', `there is no episode ${episodeId}`);
  return stored;
}

function assertUnknown(engine: EngineContext, digest: string, path: string): void {
  const known = engine.episodes.findByFingerprint(digest);
  if (known === undefined) return;
  const { title, id } = known.episode;
  throw new AppError('RECORDING_KNOWN', `${basename(path)} is the recording of “${title}” (${id})`);
}

async function judgeVersion(
  { engine, payload, lease, workDir }: ReplaceContext,
  _made: unknown,
  report: (fraction: number) => void,
): Promise<ReplaceArtifacts['judge']> {
  const { fingerprint: oldFingerprint } = storedEpisode(engine, payload.episodeId);
  const identity = await fingerprint(payload.path);
  assertUnknown(engine, identity.fingerprint, payload.path);
  const options = { signal: lease.signal, cwd: workDir, onProgress: report };
  const facts = await judge(await engine.tools(), payload.path, options);
  const { fingerprint: digest, modifiedAtMs } = identity;
  return { oldFingerprint, fingerprint: digest, modifiedAtMs, facts };
}

const HasMoved = z.object({ move: z.looseObject({}) });

/** What an earlier run heard went with its work folder; once the episode has moved, it is needed no longer. */
function isHeard(_made: unknown, { lease }: ReplaceContext): Promise<boolean> {
  return Promise.resolve(HasMoved.safeParse(lease.artifacts).success);
}

async function listen(
  context: ReplaceContext,
  { judge: { facts } }: ReplaceArtifacts,
  report: (fraction: number) => void,
): Promise<ReplaceArtifacts['listen']> {
  const { engine, payload, workDir, lease } = context;
  const folder = join(workDir, 'heard');
  await hearFile(context, { path: payload.path, facts }, folder, report);
  const tools = await engine.tools();
  const source = { path: payload.path, facts };
  await findCover(tools, source, { outDir: folder, signal: lease.signal });
  return { folder };
}

async function hearFile(
  { engine, lease }: ReplaceContext,
  { path, facts }: { readonly path: string; readonly facts: MediaFacts },
  outDir: string,
  onProgress?: (fraction: number) => void,
): Promise<Levels> {
  const [audio] = facts.audio;
  if (audio === undefined) throw new AppError('NO_SOUND', `${basename(path)} has no sound to compare`);
  await mkdir(outDir, { recursive: true, mode: 0o700 });
  const order = { path, audio, durationS: facts.durationS, outDir };
  const analysis = await analyse(await engine.tools(), order, { signal: lease.signal, onProgress });
  return readLevels(analysis.levelsPath);
}

/** Compares the two by ear; other work of this process goes on between the steps. */
async function match(context: ReplaceContext, made: ReplaceArtifacts): Promise<ReplaceArtifacts['match']> {
  const { engine, payload, lease, workDir } = context;
  const { episode, facts } = storedEpisode(engine, payload.episodeId);
  const heard = await hear(engine, episode.id);
  const old = heard?.levels ?? (await hearFile(context, { path: episode.path, facts }, join(workDir, 'old')));
  const steps = mapVersionsInSteps(old, await readLevels(join(made.listen.folder, 'levels.f32')));
  for (;;) {
    const step = steps.next();
    if (step.done !== true) {
      await setImmediate();
      lease.signal.throwIfAborted();
    } else if (step.value === 'unrelated') {
      throw new AppError(
        'NOT_A_VERSION',
        `too little of “${episode.title}” is heard in ${basename(payload.path)}, or the other way round`,
      );
    } else return step.value;
  }
}

/** Gives what was heard its place, and moves everything in one transaction: a kill before it changes nothing. */
async function move(
  { engine, payload, lease, onMoved }: ReplaceContext,
  made: ReplaceArtifacts,
): Promise<ReplaceArtifacts['move']> {
  const { episodeId, path } = payload;
  const { oldFingerprint, fingerprint: digest, modifiedAtMs, facts } = made.judge;
  const oldFolder = analysisFolderOf(engine, episodeId);
  const analysisFolder = `${episodeId}-${digest.slice(-12)}`;
  const folder = join(engine.paths.analysis, analysisFolder);
  const levels = await readLevels(join(made.listen.folder, 'levels.f32'));
  await rm(folder, { recursive: true, force: true });
  await mkdir(engine.paths.analysis, { recursive: true, mode: 0o700 });
  await rename(made.listen.folder, folder);
  const files = await filesIn(engine, folder, episodeId);
  const version = {
    episodeId,
    oldFingerprint,
    recording: { path, fingerprint: digest, modifiedAtMs, facts, analysisFolder },
    map: made.match,
    heard: { levels, speech: mapSpeech(levels) },
    files,
  };
  try {
    let moved: ReplaceArtifacts['move'] | undefined;
    await lease.saveArtifactsWith(() => {
      assertUnknown(engine, digest, path);
      moved = { outcome: moveEpisode(engine, version, Date.now()), oldFolder };
      return { ...made, move: moved };
    });
    if (moved === undefined) throw new AppError('INTERNAL', 'a saved move has no outcome');
    onMoved(moved);
    return moved;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

const HEARD_FILES = ['speech.wav', 'levels.f32', 'cover.png'];

async function filesIn(engine: EngineContext, folder: string, episodeId: string): Promise<OwnedFile[]> {
  const files: OwnedFile[] = [];
  for (const name of HEARD_FILES) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found === undefined) continue;
    const { dev: device, ino: inode, size: sizeBytes } = found;
    files.push({
      path: relative(engine.paths.home, path),
      category: 'analysis',
      episodeId,
      device,
      inode,
      sizeBytes,
    });
  }
  return files;
}

/** Removes what was heard of the version that the episode no longer has. */
async function discardHeard(engine: EngineContext, folder: string): Promise<void> {
  const names = await readdir(folder).catch((): string[] => []);
  await rm(folder, { recursive: true, force: true });
  await engine.library.write(() => {
    for (const name of new Set([...HEARD_FILES, ...names]))
      engine.ownedFiles.forget(relative(engine.paths.home, join(folder, name)));
  });
}
