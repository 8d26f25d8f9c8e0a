import { mkdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { newId } from '../../domain/id.ts';
import { newShow } from '../../domain/show.ts';
import { INTAKE_STAGES } from '../../domain/stage.ts';
import type { MediaFacts } from '../../domain/episode.ts';
import type { StoredEpisode } from '../db/episodes.ts';
import { readJson } from '../db/json.ts';
import type { Lease } from '../jobs/lease.ts';
import { runStages, type AnyStage } from '../jobs/stages.ts';
import type { Finished, JobHandler } from '../jobs/queue.ts';
import { analyse, readLevels } from '../media/analyse.ts';
import { judge } from '../media/judge.ts';
import { mapSpeech } from '../media/speechMap.ts';
import { findByEar } from '../clips/findByEar.ts';
import { findClips, type FindInput, type Found } from '../clips/find.ts';
import { usualLimit } from '../clips/selection.ts';
import { analysisFolderOf } from './analysisFolder.ts';
import type { EngineContext } from './context.ts';
import { coverOf } from './cover.ts';
import { findInputOf, type Heard } from './findInput.ts';
import { guessShowName, guessTitle } from './guess.ts';
import { identify, joinMicrophones } from './joinMicrophones.ts';
import { obtainTranscript } from './obtainTranscript.ts';
import { placeTranscript } from './placeTranscript.ts';
import { recordOwned } from './recordOwned.ts';
import { withWorkFolder } from './workFolder.ts';

export const IntakePayload = z.object({
  /** One recording, or several microphones of one conversation. */
  paths: z.array(z.string()).min(1),
  transcriptPath: z.string().nullable(),
  title: z.string().nullable(),
  atLeast: z.int().nullable(),
});
export type IntakePayload = z.infer<typeof IntakePayload>;

interface IntakeArtifacts {
  readonly judge: { readonly episodeId: string };
  readonly listen: { readonly levelsPath: string | null };
  readonly words: { readonly sentences: number };
  readonly find: { readonly clips: number };
}

interface IntakeContext {
  readonly engine: EngineContext;
  readonly payload: IntakePayload;
  readonly lease: Lease;
  readonly workDir: string;
}

/** What happens to an episode when it comes in. */
export const intakeStages: readonly AnyStage<IntakeContext, IntakeArtifacts>[] = [
  { ...INTAKE_STAGES.judge, run: judgeMedia },
  { ...INTAKE_STAGES.listen, run: listen, isStillGood: levelsAreThere },
  { ...INTAKE_STAGES.words, run: readWords },
  { ...INTAKE_STAGES.find, run: find },
];

export function intakeHandler(engine: EngineContext): JobHandler {
  return (lease) =>
    withWorkFolder(engine.paths, lease, async (workDir): Promise<Finished> => {
      const payload = IntakePayload.parse(readJson(lease.job.payload));
      const made = await runStages(intakeStages, { engine, payload, lease, workDir }, lease);
      const { episodeId } = made.judge;
      return {
        result: { episodeId },
        commit: () => {
          engine.episodes.setState(episodeId, 'ready');
        },
      };
    });
}

async function judgeMedia(
  { engine, payload, lease, workDir }: IntakeContext,
  _made: unknown,
  report: (fraction: number) => void,
): Promise<IntakeArtifacts['judge']> {
  const tools = await engine.tools();
  const run = { signal: lease.signal, cwd: workDir };
  const identity = await identify(payload.paths);
  const known = engine.episodes.findByFingerprint(identity.fingerprint);
  const episodeId = known?.episode.id ?? newId('ep');
  const [first = ''] = payload.paths;
  const source =
    payload.paths.length === 1
      ? { path: first, name: undefined }
      : await joinMicrophones(engine, payload.paths, episodeId, run);
  const facts = await judge(tools, source.path, { ...run, onProgress: report });
  await engine.library.write(() => {
    engine.episodes.addOrRelink({
      id: episodeId,
      showId: known?.episode.showId ?? showFor(engine, facts, first),
      title: payload.title ?? guessTitle(facts.tags, source.name ?? first),
      path: source.path,
      ...identity,
      facts,
      importedAtMs: Date.now(),
    });
  });
  await lease.concernsEpisode(episodeId);
  await coverOf(engine, episodeId);
  engine.emit('episodes.changed', { episodeId });
  return { episodeId };
}

function showFor(engine: EngineContext, facts: MediaFacts, path: string): string {
  const name = guessShowName(facts.tags, path);
  const known = engine.shows.findByName(name);
  if (known !== undefined) return known.id;
  const show = newShow(newId('show'), name);
  engine.shows.add(show);
  return show.id;
}

/** The episode of a job whose judge stage is done. */
function episodeOf({ engine }: IntakeContext, made: IntakeArtifacts): StoredEpisode {
  const stored = engine.episodes.get(made.judge.episodeId);
  if (stored === undefined) throw new AppError('NOT_FOUND', `episode ${made.judge.episodeId} is gone`);
  return stored;
}

async function levelsAreThere(
  { levelsPath }: IntakeArtifacts['listen'],
  { engine }: IntakeContext,
): Promise<boolean> {
  if (levelsPath === null) return true;
  return stat(join(engine.paths.home, levelsPath)).then(
    (file) => file.size > 0,
    () => false,
  );
}

/** Makes the 16 kHz copy for recognition and the curve of levels; what an earlier import made of the same content is used. */
async function listen(
  context: IntakeContext,
  made: IntakeArtifacts,
  report: (fraction: number) => void,
): Promise<IntakeArtifacts['listen']> {
  const { engine, lease } = context;
  const { episode, facts } = episodeOf(context, made);
  const [audio] = facts.audio;
  if (audio === undefined) return { levelsPath: null };
  const outDir = analysisFolderOf(engine, episode.id);
  const before = { levelsPath: relative(engine.paths.home, join(outDir, 'levels.f32')) };
  if (await levelsAreThere(before, context)) return before;
  await mkdir(outDir, { recursive: true, mode: 0o700 });
  const tools = await engine.tools();
  const order = { path: episode.path, audio, durationS: facts.durationS, outDir };
  const analysis = await analyse(tools, order, { signal: lease.signal, onProgress: report });
  await recordOwned(engine, analysis.wavPath, 'analysis', episode.id);
  await recordOwned(engine, analysis.levelsPath, 'analysis', episode.id);
  return { levelsPath: relative(engine.paths.home, analysis.levelsPath) };
}

async function hear({ engine }: IntakeContext, made: IntakeArtifacts): Promise<Heard | undefined> {
  const { levelsPath } = made.listen;
  if (levelsPath === null) return undefined;
  const levels = await readLevels(join(engine.paths.home, levelsPath));
  return { levels, speech: mapSpeech(levels) };
}

async function readWords(context: IntakeContext, made: IntakeArtifacts): Promise<IntakeArtifacts['words']> {
  const { engine, payload, lease, workDir } = context;
  const stored = episodeOf(context, made);
  const heard = await hear(context, made);
  const found = await obtainTranscript(await engine.tools(), stored, {
    givenPath: payload.transcriptPath,
    speech: heard?.speech.speech,
    workDir,
    signal: lease.signal,
  });
  const { id } = stored.episode;
  if (found.transcript === 'keep') return { sentences: engine.segments.list(id).length };
  const { source, digest, segments, language } = found.transcript;
  await engine.library.write(() => {
    placeTranscript(engine, id, segments, Date.now());
    engine.episodes.setTranscript(id, { source, digest, language });
    engine.episodes.setNotes(id, found.notes);
  });
  return { sentences: segments.length };
}

async function find(context: IntakeContext, made: IntakeArtifacts): Promise<IntakeArtifacts['find']> {
  const { engine, payload } = context;
  const { episode } = episodeOf(context, made);
  const heard = await hear(context, made);
  const segments = engine.segments.list(episode.id);
  const limit = Math.max(payload.atLeast ?? 1, usualLimit(episode.durationS));
  const found = searchBy(findInputOf(engine, episode, segments, heard), heard, limit);
  await engine.library.write(() => {
    engine.clips.replaceCandidates(episode.id, found.clips, Date.now());
    engine.offLimits.replaceFound(episode.id, found.offLimits);
  });
  engine.emit('episodes.changed', { episodeId: episode.id });
  return { clips: found.clips.length };
}

/** By words where there are any, by ear where there is only sound. */
function searchBy(
  input: FindInput,
  heard: Heard | undefined,
  limit: number,
): Pick<Found, 'clips' | 'offLimits'> {
  if (input.segments.length > 0) return findClips({ ...input, limit });
  if (heard === undefined) return { clips: [], offLimits: [] };
  return findByEar({ durationS: input.durationS, title: input.title ?? '', limit, ...heard });
}
