import { z } from 'zod';
import { AppError } from '../../../domain/errors.ts';
import type { ReadCut, ReadCuts } from './matchCuts.ts';
import { OTIO_METADATA } from './writeOtio.ts';

const RationalTime = z.looseObject({ value: z.number(), rate: z.number().positive() });
const Range = z.looseObject({ start_time: RationalTime, duration: RationalTime });
const Media = z.looseObject({ available_range: Range.nullish(), target_url: z.string().nullish() });
const Own = z.looseObject({ clipId: z.string() });
const Item = z.looseObject({
  OTIO_SCHEMA: z.string(),
  name: z.string().nullish(),
  enabled: z.boolean().nullish(),
  source_range: Range.nullish(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
  effects: z.array(z.looseObject({ OTIO_SCHEMA: z.string() })).nullish(),
  children: z.array(z.unknown()).nullish(),
  tracks: z.unknown().optional(),
  media_reference: Media.nullish(),
  media_references: z.record(z.string(), Media).nullish(),
  active_media_reference_key: z.string().nullish(),
});
type Item = z.infer<typeof Item>;

/** Deeper than any program nests its timelines. */
const DEEPEST = 20;
const SPEED = /^(LinearTimeWarp|FreezeFrame|TimeEffect)\./u;

/**
 * The clips of an OTIO list, on the clock of their recording: of whatever version, wherever they are nested. Throws
 * BAD_INPUT for a text that is none.
 */
export function readOtio(text: string): ReadCuts {
  const cuts: ReadCut[] = [];
  const notes: string[] = [];
  visit(parsed(text), 0, (clip) => {
    const cut = cutOf(clip);
    if (typeof cut === 'string') notes.push(cut);
    else cuts.push(cut);
  });
  return { cuts, notes };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError('BAD_INPUT', 'this is no OTIO file: it is not written in JSON', { cause: error });
  }
}

function visit(value: unknown, depth: number, onClip: (clip: Item) => void): void {
  const read = Item.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new AppError(
      'BAD_INPUT',
      `this is no OTIO file: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
    );
  }
  if (depth > DEEPEST) throw new AppError('BAD_INPUT', 'this OTIO file nests its timelines too deeply');
  const item = read.data;
  if (item.OTIO_SCHEMA.startsWith('Clip.')) onClip(item);
  if (item.tracks !== undefined) visit(item.tracks, depth + 1, onClip);
  for (const child of item.children ?? []) visit(child, depth + 1, onClip);
}

const inSeconds = ({ value, rate }: z.infer<typeof RationalTime>): number => value / rate;

/** A clip's range in its recording, or a sentence that says why it has none. */
function cutOf(clip: Item): ReadCut | string {
  const name = clip.name ?? '';
  const told = `“${name}” is left as it is:`;
  if (clip.enabled === false) return `${told} it is switched off in the list.`;
  if ((clip.effects ?? []).some(({ OTIO_SCHEMA }) => SPEED.test(OTIO_SCHEMA)))
    return `${told} its speed was changed, which a clip cannot hold.`;
  const media =
    clip.media_references?.[clip.active_media_reference_key ?? 'DEFAULT_MEDIA'] ?? clip.media_reference;
  const range = clip.source_range ?? media?.available_range;
  if (range === null || range === undefined) return `${told} the list does not say where it is cut.`;
  // Programs that read a timecode off the recording begin its clock there.
  const zeroS = inSeconds(media?.available_range?.start_time ?? { value: 0, rate: 1 });
  const fromS = inSeconds(range.start_time) - zeroS;
  const own = Own.safeParse(clip.metadata?.[OTIO_METADATA]);
  return {
    name,
    ...(own.success ? { clipId: own.data.clipId } : {}),
    ...(typeof media?.target_url === 'string' ? { mediaUrl: media.target_url } : {}),
    range: { fromS, toS: fromS + inSeconds(range.duration) },
  };
}
