import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import type { MediaFacts } from '../../domain/episode.ts';
import { runFfmpeg, type FfmpegInput } from './ffmpeg.ts';
import { fileUrl, mediaInput, stillInput, type StillFormat } from './inputs.ts';
import type { MediaTools } from './tools.ts';

const LARGEST_SIDE_PX = 1400;
const LARGEST_FILE_BYTES = 32 * 1024 * 1024;
const STALL_MS = 20_000;

const EXTENSIONS = ['.jpg', '.jpeg', '.png', '.webp'];
/** Names that players and download programs give to a show's picture, best first. */
const USUAL_NAMES = ['cover', 'folder', 'artwork'];

export interface CoverOptions {
  /** A private folder that exists; cover.png is written there. */
  readonly outDir: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Finds an episode's picture, inside the recording or beside it, and copies it to cover.png, at most 1400 px a side.
 * Resolves to that path, or undefined when there is no picture that can be used: a broken or huge one is passed over,
 * because an episode without a cover is still an episode. Throws only the signal's reason, or DISK_FULL.
 */
export async function findCover(
  tools: MediaTools,
  source: { readonly path: string; readonly facts: Pick<MediaFacts, 'coverIndex'> },
  options: CoverOptions,
): Promise<string | undefined> {
  const { coverIndex } = source.facts;
  if (coverIndex !== null) {
    const embedded = await copyPicture(tools, mediaInput(source.path), coverIndex, options);
    if (embedded !== undefined) return embedded;
  }
  for (const path of await picturesBeside(source.path)) {
    const format = await stillFormatOf(path);
    const copied = format && (await copyPicture(tools, stillInput(path, format), 0, options));
    if (copied !== undefined) return copied;
  }
  return undefined;
}

async function copyPicture(
  tools: MediaTools,
  input: FfmpegInput,
  streamIndex: number,
  { outDir, signal }: CoverOptions,
): Promise<string | undefined> {
  const path = join(outDir, 'cover.png');
  const partial = `${path}.partial`;
  const fit = `min(${LARGEST_SIDE_PX}\\,iw)`;
  const filter = `scale=w=${fit}:h=${fit.replace('iw', 'ih')}:force_original_aspect_ratio=decrease`;
  await rm(partial, { force: true });
  try {
    await runFfmpeg(
      tools,
      {
        inputs: [input],
        outputs: [
          {
            target: fileUrl(partial),
            options: [
              ...['-map', `0:${streamIndex}`, '-map_metadata', '-1', '-frames:v', '1', '-vf', filter],
              ...['-pix_fmt', 'rgb24', '-c:v', 'png', '-f', 'image2pipe'],
            ],
          },
        ],
      },
      { cwd: outDir, signal, stallMs: STALL_MS },
    );
    const { size } = await stat(partial);
    if (size === 0) return undefined;
    await rename(partial, path);
    return path;
  } catch (error) {
    if (error instanceof AppError && (error.code === 'FFMPEG_FAILED' || error.code === 'FFMPEG_STALLED')) {
      return undefined;
    }
    throw error;
  } finally {
    await rm(partial, { force: true });
  }
}

/** Pictures in the recording's folder that are its cover by their name, best first; none when the folder may not be listed. */
async function picturesBeside(recording: string): Promise<string[]> {
  const folder = dirname(recording);
  const entries = await readdir(folder).catch(() => []);
  return rankPictures(basename(recording), entries).map((name) => join(folder, name));
}

/** The picture named like the recording first, then the usual names; case does not count. */
export function rankPictures(recording: string, entries: readonly string[]): string[] {
  const stems = [basename(recording, extname(recording)).toLowerCase(), ...USUAL_NAMES];
  const rankOf = (name: string): number => {
    const extension = extname(name).toLowerCase();
    const stem = stems.indexOf(name.slice(0, name.length - extension.length).toLowerCase());
    return stem < 0 || !EXTENSIONS.includes(extension)
      ? -1
      : stem * EXTENSIONS.length + EXTENSIONS.indexOf(extension);
  };
  return entries
    .map((name) => ({ name, rank: rankOf(name) }))
    .filter(({ rank }) => rank >= 0)
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ name }) => name);
}

/** What a picture is by its first bytes; undefined when it is nothing we open, not a file, or far too large. */
async function stillFormatOf(path: string): Promise<StillFormat | undefined> {
  try {
    const status = await stat(path);
    if (!status.isFile() || status.size > LARGEST_FILE_BYTES) return undefined;
    const file = await open(path, 'r');
    try {
      const head = Buffer.alloc(12);
      await file.read(head, 0, head.length, 0);
      return recogniseStill(head);
    } finally {
      await file.close();
    }
  } catch {
    // A picture that cannot be read is a picture less.
    return undefined;
  }
}

/** JPEG, PNG and WebP by their signatures. */
export function recogniseStill(head: Buffer): StillFormat | undefined {
  if (head.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'jpeg_pipe';
  if (head.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'))) return 'png_pipe';
  const isWebp = head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP';
  return isWebp ? 'webp_pipe' : undefined;
}
