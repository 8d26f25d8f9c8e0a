import type { Segment } from '../../main/domain/transcript.ts';

const COLOURS = ['a', 'b', 'c', 'd'] as const;
export type VoiceColour = (typeof COLOURS)[number];

/** A muted colour for each voice, in the order of their names, so that a voice keeps its own from clip to clip. */
export function voiceColours(names: readonly (string | undefined)[]): ReadonlyMap<string, VoiceColour> {
  const sorted = [...new Set(names.filter((name) => name !== undefined))].sort();
  return new Map(sorted.map((name, at) => [name, COLOURS[at % COLOURS.length] ?? 'a']));
}

/** Who speaks when, each stretch as long as one voice goes on. */
export function voiceStretches(
  segments: readonly Segment[],
): { speaker: string | undefined; fromS: number; toS: number }[] {
  const stretches: { speaker: string | undefined; fromS: number; toS: number }[] = [];
  for (const { speaker, fromS, toS } of segments) {
    const last = stretches.at(-1);
    if (last !== undefined && last.speaker === speaker && fromS - last.toS < 0.6) last.toS = toS;
    else stretches.push({ speaker, fromS, toS });
  }
  return stretches;
}
