import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Candidate } from '../../domain/clip.ts';
import { AppError } from '../../domain/errors.ts';
import type { Levels, SpeechMap } from '../../domain/levels.ts';
import type { OffLimits } from '../../domain/offLimits.ts';
import type { PresetId } from '../../domain/preset.ts';
import type { ScoreProfile } from '../../domain/show.ts';
import { findClips } from '../clips/find.ts';
import { Weights } from '../clips/weights.ts';
import { analyse, readLevels } from '../media/analyse.ts';
import { judge } from '../media/judge.ts';
import { mapSpeech } from '../media/speechMap.ts';
import { findTools } from '../media/tools.ts';
import { loadTranscript } from '../transcripts/load.ts';

export interface FindRequest {
  /** Absolute paths. */
  readonly transcriptPath: string;
  readonly mediaPath?: string | undefined;
  readonly title?: string | undefined;
  readonly limit?: number | undefined;
  readonly all?: boolean | undefined;
  readonly weightsPath?: string | undefined;
  readonly profile?: ScoreProfile | undefined;
  readonly platform?: PresetId | undefined;
}

export interface FoundInFile {
  /** What was looked for. */
  readonly profile: ScoreProfile;
  readonly clips: Candidate[];
  readonly offLimits: OffLimits[];
  readonly notes: string[];
}

interface Heard {
  readonly durationS: number;
  readonly levels: Levels;
  readonly speech: SpeechMap;
}

/** Ranks the moments of a transcript, with its recording's sound where that is given; touches no library. */
export async function findInFile(request: FindRequest): Promise<FoundInFile> {
  const weights = request.weightsPath === undefined ? undefined : await readWeights(request.weightsPath);
  const heard = request.mediaPath === undefined ? undefined : await hear(request.mediaPath);
  const transcript = await loadTranscript({
    path: request.transcriptPath,
    ...(heard === undefined ? {} : { durationS: heard.durationS, speech: heard.speech.speech }),
  });
  const { segments } = transcript;
  const { profile = 'insight' } = request;
  const found = findClips({
    segments,
    durationS: heard?.durationS ?? segments.at(-1)?.toS ?? 0,
    ...(heard === undefined ? {} : { levels: heard.levels, speech: heard.speech }),
    ...(request.title === undefined ? {} : { title: request.title }),
    ...(transcript.language === undefined ? {} : { language: transcript.language }),
    ...(request.limit === undefined ? {} : { limit: request.limit }),
    ...(request.all === undefined ? {} : { all: request.all }),
    ...(weights === undefined ? {} : { weights }),
    profile,
    ...(request.platform === undefined ? {} : { platform: request.platform }),
  });
  return {
    profile,
    clips: [...found.clips],
    offLimits: [...found.offLimits],
    notes: transcript.notes.map((note) => note.text),
  };
}

async function readWeights(path: string): Promise<Weights> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new AppError(existsSync(path) ? 'NO_PERMISSION' : 'FILE_MISSING', path, { cause: error });
  }
  try {
    return Weights.parse(JSON.parse(text));
  } catch (error) {
    const detail = error instanceof z.ZodError ? z.prettifyError(error) : 'it is not JSON';
    throw new AppError('BAD_INPUT', `${path} holds no weights: ${detail}`, { cause: error });
  }
}

async function hear(path: string): Promise<Heard> {
  const folder = await mkdtemp(join(tmpdir(), 'soundbite-find-'));
  try {
    const tools = await findTools();
    const facts = await judge(tools, path, { cwd: folder });
    const [audio] = facts.audio;
    if (audio === undefined) throw new AppError('NO_SOUND', path);
    const { levelsPath } = await analyse(
      tools,
      { path, audio, durationS: facts.durationS, outDir: folder },
      {},
    );
    const levels = await readLevels(levelsPath);
    return { durationS: facts.durationS, levels, speech: mapSpeech(levels) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
