import { stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { newId } from '../../domain/id.ts';
import { newShow } from '../../domain/show.ts';
import { INTAKE_STAGES } from '../../domain/stage.ts';
import type { MediaFacts } from '../../domain/episode.ts';
import type { Segment } from '../../domain/transcript.ts';
import type { StoredEpisode } from '../db/episodes.ts';
import { readJson } from '../db/json.ts';
import type { Lease } from '../jobs/lease.ts';
import { runStages, type AnyStage } from '../jobs/stages.ts';
import type { Finished, JobKind } from '../jobs/kind.ts';
import { judge } from '../media/judge.ts';
import { snapWordsInSteps } from '../transcripts/snapWords.ts';
import { analysisFolderOf } from './analysisFolder.ts';
import type { EngineContext } from './context.ts';
import { coverOf } from './cover.ts';
import { guessShowName, guessTitle } from './guess.ts';
import { identify, joinMicrophones } from './joinMicrophones.ts';
import { obtainTranscript } from './obtainTranscript.ts';
import { listenTo } from './listenTo.ts';
import { placeTranscript } from './placeTranscript.ts';
import { reviewOf } from './review.ts';
import { reviewClipsWhereOn } from './reviewClips.ts';
import { transcribeWhereNeeded } from './requestTranscription.ts';
import { hear, type Heard } from './searchInput.ts';
import { searchEpisode } from './searchEpisode.ts';
import { keepMicrophones, keepStreams, voiceNotes, withSpeakers } from './voices.ts';
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

export const intakeKind = (engine: EngineContext): JobKind => ({
  run: (lease) =>
    withWorkFolder(engine.paths, lease, async (workDir): Promise<Finished> => {
      const payload = IntakePayload.parse(readJson(lease.job.payload));
      const made = await runStages(intakeStages, { engine, payload, lease, workDir }, lease);
      const { episodeId } = made.judge;
      return {
        result: { episodeId },
        commit: () => {
          engine.episodes.setState(episodeId, 'ready');
          const stored = engine.episodes.get(episodeId);
          if (stored !== undefined && engine.loudness.integratedLufs(episodeId) === null)
            engine.followUp(reviewOf(stored));
          transcribeWhereNeeded(engine, episodeId);
          reviewClipsWhereOn(engine, episodeId);
        },
      };
    }),
});

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
      ? { path: first, name: undefined, microphones: [] }
      : await joinMicrophones(engine, payload.paths, episodeId, run);
  const facts = await judge(tools, source.path, { ...run, onProgress: report });
  const showId = await lease.writeOwned(() => {
    const id = known?.episode.showId ?? showFor(engine, facts, first);
    engine.episodes.addOrRelink({
      id: episodeId,
      showId: id,
      title: payload.title ?? guessTitle(facts.tags, source.name ?? first),
      path: source.path,
      ...identity,
      facts,
      importedAtMs: Date.now(),
    });
    return id;
  });
  await lease.concernsEpisode(episodeId, showId);
  if (source.microphones.length > 1) await keepMicrophones(engine, episodeId, source.microphones, run);
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
  const stored = episodeOf(context, made);
  const { episode, facts } = stored;
  if (facts.audio.length === 0) return { levelsPath: null };
  const outDir = analysisFolderOf(engine, episode.id);
  const before = { levelsPath: relative(engine.paths.home, join(outDir, 'levels.f32')) };
  await keepStreams(engine, episode.id, { signal: lease.signal, cwd: context.workDir });
  if (await levelsAreThere(before, context)) return before;
  const analysis = await listenTo(engine, stored, { signal: lease.signal, onProgress: report });
  return { levelsPath: relative(engine.paths.home, analysis.levelsPath) };
}

async function readWords(context: IntakeContext, made: IntakeArtifacts): Promise<IntakeArtifacts['words']> {
  const { engine, payload, lease, workDir } = context;
  const stored = episodeOf(context, made);
  const heard = await hear(engine, stored.episode.id);
  const found = await obtainTranscript(await engine.tools(), stored, {
    givenPath: payload.transcriptPath,
    speech: heard?.speech.speech,
    workDir,
    signal: lease.signal,
  });
  const { id } = stored.episode;
  if (found.transcript === 'keep') return { sentences: engine.segments.list(id).length };
  const { source, digest, language } = found.transcript;
  const snapped = await snapToSound(found.transcript.segments, heard, lease.signal);
  const segments = await withSpeakers(engine, id, snapped);
  const notes = [...found.notes, ...(await voiceNotes(engine, id))];
  await engine.library.write(() => {
    placeTranscript(engine, id, segments, Date.now());
    engine.episodes.setTranscript(id, { source, digest, language });
    engine.episodes.setNotes(id, notes);
  });
  return { sentences: segments.length };
}

/** Words that were timed by the sentence lie where they are heard; other work goes on between the sentences. */
async function snapToSound(
  segments: readonly Segment[],
  heard: Heard | undefined,
  signal: AbortSignal,
): Promise<readonly Segment[]> {
  if (heard === undefined) return segments;
  const steps = snapWordsInSteps(segments, heard.levels);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await setImmediate();
    signal.throwIfAborted();
  }
}

async function find(context: IntakeContext, made: IntakeArtifacts): Promise<IntakeArtifacts['find']> {
  const { engine, payload } = context;
  const clips = await searchEpisode(engine, episodeOf(context, made), payload.atLeast ?? 1);
  return { clips: clips.length };
}
