import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { lstat, mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { once } from 'node:events';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import type { StateRow } from '../db/state.ts';
import { moveWithoutReplacing } from './trash.ts';

/** Raised when a reader of before could not make sense of what is written now. */
const FORMAT_VERSION = 1;

const LARGEST_BYTES = 1024 ** 3;
const LONGEST_LINE = 16 * 1024 ** 2;

const Header = z.strictObject({
  format: z.literal('soundbite-state'),
  version: z.int().min(1),
  /** The schema of the database it was written from. */
  schema: z.int().min(1),
  exportedAt: z.iso.datetime(),
});
export type StateHeader = z.infer<typeof Header>;
const Row = z.strictObject({
  table: z.string().max(100),
  row: z.record(z.string().max(100), z.union([z.string(), z.number(), z.null()])),
});
const End = z.strictObject({ end: z.literal(true), rows: z.int().min(0), sha256: z.string().length(64) });

export interface StateLine {
  readonly table: string;
  readonly row: StateRow;
}

/**
 * Writes a state file: lines of JSON, first what it is, then a row each, last how many and the SHA-256 of all before.
 * It has its name only when it is whole. Throws BAD_INPUT when there is a file of that name.
 */
export async function writeStateFile(
  path: string,
  schema: number,
  lines: Iterable<StateLine>,
): Promise<{ sizeBytes: number; rows: number }> {
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.${crypto.randomUUID()}.partial`;
  const stream = createWriteStream(partial, { flags: 'wx', mode: 0o600 });
  const hash = createHash('sha256');
  const write = async (value: unknown): Promise<void> => {
    const line = `${JSON.stringify(value)}\n`;
    hash.update(line);
    if (!stream.write(line)) await once(stream, 'drain');
  };
  try {
    await write({
      format: 'soundbite-state',
      version: FORMAT_VERSION,
      schema,
      exportedAt: new Date().toISOString(),
    });
    let rows = 0;
    for (const line of lines) {
      await write(line);
      rows += 1;
    }
    stream.end(`${JSON.stringify({ end: true, rows, sha256: hash.digest('hex') })}\n`);
    await finished(stream);
    const file = await open(partial, 'r+');
    await file.sync();
    await file.close();
    await moveWithoutReplacing(partial, path);
    return { sizeBytes: (await lstat(path)).size, rows };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new AppError('BAD_INPUT', `there is a file already: ${path}`, { cause: error });
    throw error;
  } finally {
    stream.destroy();
    await rm(partial, { force: true });
  }
}

/** Reads a whole state file before anything of it is used. Throws FILE_MISSING, STATE_UNREADABLE, LIBRARY_NEWER. */
export async function readStateFile(
  path: string,
  schema: number,
): Promise<{ header: StateHeader; lines: StateLine[] }> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) throw new AppError('FILE_MISSING', path);
  if (!found.isFile()) throw new AppError('NOT_REGULAR_FILE', path);
  if (found.size > LARGEST_BYTES) throw new AppError('STATE_UNREADABLE', `${path} has ${found.size} bytes`);
  const hash = createHash('sha256');
  const lines: StateLine[] = [];
  let header: StateHeader | undefined;
  let isWhole = false;
  const stream = createReadStream(path);
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
    const value = readLine(line, lines.length);
    if (isWhole) throw new AppError('STATE_UNREADABLE', 'there is more behind its last line');
    const end = End.safeParse(value);
    if (end.success) {
      isWhole = end.data.rows === lines.length && end.data.sha256 === hash.digest('hex');
      if (!isWhole) throw new AppError('STATE_UNREADABLE', 'it was changed, or is not whole');
      continue;
    }
    hash.update(`${line}\n`);
    if (header === undefined) header = readHeader(value, schema);
    else lines.push(check(Row, value, lines.length));
  }
  if (header === undefined || !isWhole) throw new AppError('STATE_UNREADABLE', 'its last line is missing');
  return { header, lines };
}

function readLine(line: string, number: number): unknown {
  if (line.length > LONGEST_LINE) throw new AppError('STATE_UNREADABLE', `row ${number} is too long`);
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new AppError('STATE_UNREADABLE', `row ${number} is not JSON`, { cause: error });
  }
}

function check<T>(schema: z.ZodType<T>, value: unknown, number: number): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AppError('STATE_UNREADABLE', `row ${number}: ${z.prettifyError(parsed.error)}`);
}

function readHeader(value: unknown, schema: number): StateHeader {
  const header = check(Header, value, 0);
  if (header.version > FORMAT_VERSION || header.schema > schema)
    throw new AppError(
      'LIBRARY_NEWER',
      `the file is of version ${header.version} with schema ${header.schema}; this build reads ${FORMAT_VERSION} and ${schema}`,
    );
  return header;
}
