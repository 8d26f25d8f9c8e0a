import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import type { Mark, NewMark } from '../../domain/mark.ts';
import { formatClock } from '../../domain/time.ts';
import { MOST_BYTES } from '../clips/marks/mark.ts';
import { readMarks } from '../clips/marks/readMarks.ts';
import type { StoredEpisode } from '../db/episodes.ts';
import type { EngineContext } from './context.ts';
import { searchAgain } from './searchEpisode.ts';

export interface MarksTaken {
  readonly marks: Mark[];
  /** Sentences for a person: what was left aside. */
  readonly notes: string[];
}

function episodeOf(engine: EngineContext, episodeId: string): StoredEpisode {
  const stored = engine.episodes.get(episodeId);
  if (stored === undefined) throw new AppError('NOT_FOUND', `there is no episode ${episodeId}`);
  return stored;
}

const DEFAULT_FRAMES_PER_S = 30;

async function take(
  engine: EngineContext,
  stored: StoredEpisode,
  marks: readonly NewMark[],
): Promise<MarksTaken> {
  const { id, durationS } = stored.episode;
  const inside = marks.filter(({ atS }) => atS < durationS);
  const late = marks.length - inside.length;
  const [first] = marks;
  if (inside.length === 0 && first !== undefined)
    throw new AppError(
      'BAD_INPUT',
      `the episode is ${formatClock(durationS)} long; ${formatClock(first.atS)} is after its end`,
    );
  const nowMs = Date.now();
  const taken = await engine.library.write(() => inside.map((mark) => engine.marks.add(id, mark, nowMs)));
  await searchAgain(engine, id);
  const notes =
    late === 0
      ? []
      : [
          `${late} of ${marks.length} marks lie after the end of the episode (${formatClock(durationS)}) and were left aside.`,
        ];
  return { marks: taken, notes };
}

/** Adds marks to an episode; each becomes a clip of whole sentences, offered before all others. */
export async function addMarks(
  engine: EngineContext,
  episodeId: string,
  marks: readonly NewMark[],
): Promise<MarksTaken> {
  return take(engine, episodeOf(engine, episodeId), marks);
}

/** Adds the marks that were pasted. Throws MARKS_UNREADABLE. */
export async function pasteMarks(
  engine: EngineContext,
  episodeId: string,
  text: string,
): Promise<MarksTaken> {
  const stored = episodeOf(engine, episodeId);
  const framesPerS = stored.facts.video?.framesPerSecond ?? DEFAULT_FRAMES_PER_S;
  return take(engine, stored, readMarks(text, { durationS: stored.episode.durationS, framesPerS }));
}

/** Adds the marks of a file. Throws FILE_MISSING, NO_PERMISSION, NOT_REGULAR_FILE or MARKS_UNREADABLE. */
export async function importMarks(
  engine: EngineContext,
  episodeId: string,
  path: string,
): Promise<MarksTaken> {
  episodeOf(engine, episodeId);
  return pasteMarks(engine, episodeId, await readText(path));
}

async function readText(path: string): Promise<string> {
  const file = await open(path, 'r').catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    throw new AppError(code === 'ENOENT' ? 'FILE_MISSING' : 'NO_PERMISSION', path, { cause: error });
  });
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new AppError('NOT_REGULAR_FILE', path);
    if (stat.size > MOST_BYTES)
      throw new AppError(
        'MARKS_UNREADABLE',
        `${basename(path)} is larger than 2 MB; lists of marks are smaller.`,
      );
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

/** Removes marks; the clip of each goes with it unless a person has decided on it. Throws NOT_FOUND before any is gone. */
export async function removeMarks(engine: EngineContext, markIds: readonly number[]): Promise<void> {
  const episodeIds = new Set<string>();
  await engine.library.write(() => {
    for (const id of markIds) {
      const mark = engine.marks.get(id);
      if (mark === undefined) throw new AppError('NOT_FOUND', `there is no mark ${id}`);
      engine.marks.remove(id);
      episodeIds.add(mark.episodeId);
    }
  });
  for (const episodeId of episodeIds) await searchAgain(engine, episodeId);
}
