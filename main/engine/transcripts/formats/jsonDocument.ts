import { AppError } from '../../../domain/errors.ts';
import { z } from 'zod';
import { LATEST_TIME_S } from './clock.ts';
import { counted, excerpt, repaired } from './parsedTranscript.ts';
import type { TranscriptNote } from '../../../domain/transcript.ts';

/** A time in seconds; some exporters write numbers as text. */
export const Seconds = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d+(?:\.\d+)?$/)
      .transform(Number),
  ])
  .pipe(z.number().min(-LATEST_TIME_S).max(LATEST_TIME_S));

/** The parsed document. Throws TRANSCRIPT_UNREADABLE with the place where it breaks off. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const lines = text.split('\n').length;
    throw new AppError(
      'TRANSCRIPT_UNREADABLE',
      `The file is not valid JSON (${excerpt(reason)}); it has ${counted(lines, 'line')}.`,
      { cause: error },
    );
  }
}

/**
 * Checks every entry of a list on its own, so that one damaged entry does not cost the others.
 * Throws TRANSCRIPT_UNREADABLE, naming the first fault, if more than half are damaged.
 */
export function readEntries<T>(
  name: string,
  entries: readonly unknown[],
  schema: z.ZodType<T>,
): { values: T[]; notes: TranscriptNote[] } {
  const values: T[] = [];
  let firstFault: string | undefined;
  entries.forEach((entry, index) => {
    const result = schema.safeParse(entry);
    if (result.success) values.push(result.data);
    else firstFault ??= faultOf(`${name}[${index}]`, result.error);
  });
  const damaged = entries.length - values.length;
  if (firstFault === undefined) return { values, notes: [] };
  if (damaged * 2 > entries.length) {
    throw new AppError(
      'TRANSCRIPT_UNREADABLE',
      `${damaged} of ${entries.length} ${name} are damaged: ${firstFault}`,
    );
  }
  const entriesWere = damaged === 1 ? 'damaged entry was' : 'damaged entries were';
  return { values, notes: [repaired(`${damaged} ${entriesWere} left out (${firstFault})`)] };
}

/** True if one of the first entries has one of the fields: enough to know what the list is about, even if it is damaged. */
export function someEntryHas(entries: readonly unknown[], fields: readonly string[]): boolean {
  return entries.slice(0, 20).some((entry) => {
    if (typeof entry !== 'object' || entry === null) return false;
    return fields.some((field) => Object.hasOwn(entry, field));
  });
}

function faultOf(place: string, error: z.ZodError): string {
  const [issue] = error.issues;
  const field = issue?.path.map((key) => `.${String(key)}`).join('') ?? '';
  return `${place}${field}: ${issue?.message ?? 'not understood'}.`;
}
