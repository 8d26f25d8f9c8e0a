/** A sentence as a subtitle file has it; read here without the product's own readers. */
export interface SubtitleCue {
  readonly fromS: number;
  readonly toS: number;
  readonly text: string;
}

const CUE = /(\d+:\d\d:\d\d\.\d{3}) --> (\d+:\d\d:\d\d\.\d{3})\n([\s\S]*?)(?:\n\n|\n*$)/g;

function secondsOf(clock: string): number {
  const [h = 0, m = 0, s = 0] = clock.split(':').map(Number);
  return h * 3600 + m * 60 + s;
}

/** The cues of a plain WebVTT file: one sentence each, without their voice tags. */
export const readVtt = (vtt: string): SubtitleCue[] =>
  Array.from(vtt.matchAll(CUE), ([, from = '', to = '', text = '']) => ({
    fromS: secondsOf(from),
    toS: secondsOf(to),
    text: text.replace(/<[^>]*>/g, '').trim(),
  }));

/** The cues that lie wholly inside a stretch, on the clock of that stretch. */
export const cuesWithin = (cues: readonly SubtitleCue[], fromS: number, toS: number): SubtitleCue[] =>
  cues
    .filter((cue) => cue.fromS >= fromS && cue.toS <= toS)
    .map((cue) => ({ ...cue, fromS: cue.fromS - fromS, toS: cue.toS - fromS }));

function srtClock(seconds: number): string {
  const ms = Math.round(seconds * 1000);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const clock = `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}`;
  return `${clock},${String(ms % 1000).padStart(3, '0')}`;
}

export const writeSrt = (cues: readonly SubtitleCue[]): string =>
  cues
    .map(({ fromS, toS, text }, index) => `${index + 1}\n${srtClock(fromS)} --> ${srtClock(toS)}\n${text}\n`)
    .join('\n');

/** The moment nearest to a wanted one at which somebody has been speaking for a while and goes on. */
export function spokenMomentNear(cues: readonly SubtitleCue[], wantedS: number): number {
  const marginS = 0.4;
  const moments = cues
    .filter((cue) => cue.toS - cue.fromS > 2 * marginS)
    .map((cue) => Math.min(cue.toS - marginS, Math.max(cue.fromS + marginS, wantedS)));
  return moments.reduce(
    (best, at) => (Math.abs(at - wantedS) < Math.abs(best - wantedS) ? at : best),
    Infinity,
  );
}

interface SpokenWord {
  readonly text: string;
  /** Where it would be if every letter took equally long. */
  readonly aboutS: number;
}

const plain = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}’']+/gu) ?? [];

const wordsOf = ({ fromS, toS, text }: SubtitleCue): SpokenWord[] =>
  Array.from(text.toLowerCase().matchAll(/[\p{L}\p{N}’']+/gu), (found) => ({
    text: found[0],
    aboutS: fromS + ((toS - fromS) * found.index) / text.length,
  }));

/** True when a quotation stands word for word in the cues, at about the time it is said to begin. */
export function isSpokenAt(cues: readonly SubtitleCue[], quotation: string, fromS: number): boolean {
  const toleranceS = 0.75;
  const quoted = plain(quotation);
  const words = cues.flatMap(wordsOf);
  return (
    quoted.length > 0 &&
    words.some(
      ({ aboutS }, at) =>
        Math.abs(aboutS - fromS) <= toleranceS && quoted.every((text, i) => words[at + i]?.text === text),
    )
  );
}
