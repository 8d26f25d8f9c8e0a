import { z } from 'zod';
import { PresetId } from './preset.ts';

const BleepMode = z.enum(['mute', 'beep']);

/** Whole words or phrases in any case; a star at the end stands for any ending. */
const BleepWords = z.array(z.string().trim().min(1).max(100)).max(500);

/** Words that nobody shall hear or read, and what is heard in their place. */
export const Bleeps = z.object({ words: BleepWords, mode: BleepMode });
export type Bleeps = z.infer<typeof Bleeps>;

/** What a show masks in every export, but for the presets that it leaves as they are. */
export const BleepList = Bleeps.extend({ offPresets: z.array(PresetId) });
export type BleepList = z.infer<typeof BleepList>;

export const NO_BLEEPS: BleepList = { words: [], mode: 'beep', offPresets: [] };

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Words in the order they came in, each once in any case. */
export const withWords = (words: readonly string[], more: readonly string[]): string[] =>
  more.reduce<string[]>(
    (all, word) => (all.some((one) => isSame(one, word)) ? all : [...all, word]),
    [...words],
  );

export const withoutWords = (words: readonly string[], gone: readonly string[]): string[] =>
  words.filter((word) => !gone.some((one) => isSame(one, word)));

/**
 * What is masked in one export: the show's list where it is on for the preset, and what was asked for beside it. A null
 * asks for nothing to be masked. Null where there is nothing to mask.
 */
export function bleepsFor(
  { words, mode, offPresets }: BleepList,
  preset: PresetId,
  asked: Bleeps | null | undefined,
): Bleeps | null {
  if (asked === null) return null;
  const all = withWords(offPresets.includes(preset) ? [] : words, asked?.words ?? []);
  return all.length === 0 ? null : { words: all, mode: asked?.mode ?? mode };
}
