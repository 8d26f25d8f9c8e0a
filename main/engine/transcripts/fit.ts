import { AppError } from '../../domain/errors.ts';
import { formatClock, type TimeRange } from '../../domain/time.ts';
import type { Cue, TranscriptFit, TranscriptNote } from '../../domain/transcript.ts';
import { counted, doubtful, repaired, was } from './formats/parsedTranscript.ts';
import { MOST_WORDS_PER_SECOND, separateCues, withRange } from './overlaps.ts';
import { fitToSound, type FittedToSound } from './soundRepair.ts';
import { repairTimes } from './repairTimes.ts';
import { countWords } from './words.ts';

export interface FittedTranscript {
  /** In order of time, inside the recording, and apart from each other but for people who talk at once. */
  readonly cues: readonly Cue[];
  readonly notes: readonly TranscriptNote[];
  /** How they agree with the sound, where there is any to compare them with. */
  readonly fit?: TranscriptFit;
}

/** More words than this share beyond the end of the recording: it is another recording's transcript. */
const MOST_BEYOND = 1 / 3;
/** Encoders and players disagree about the last moments of a file. */
const SLIGHTLY_PAST_S = 2;
/** Fewer words prove nothing about the speed of speech. */
const FEWEST_JUDGED_WORDS = 30;

/**
 * Puts cues in order, where they are heard and inside the recording, and says in sentences what had to be done. Without a
 * duration only the cues themselves are put right, without speech they are not compared with the sound. Throws TRANSCRIPT_MISFIT if they cannot belong to the recording, TRANSCRIPT_EMPTY
 * if nothing is left.
 */
export function fitTranscript(
  cues: readonly Cue[],
  durationS: number | undefined,
  speech?: readonly TimeRange[],
): FittedTranscript {
  const mended = repairTimes(cues);
  refuseEmpty(mended.cues);
  refuseImpossibleSpeed(mended.cues, total(mended.cues.map(wordsIn)));
  const heard =
    durationS === undefined || speech === undefined ? undefined : fitToSound(mended.cues, speech, durationS);
  const placed = heard === undefined ? { cues: mended.cues, notes: [] } : beforeZero(heard);
  if (durationS !== undefined) refuseTailBeyond(placed.cues, placed.cues.map(wordsIn), durationS);

  const inside =
    durationS === undefined ? { cues: placed.cues, notes: [] } : cutAtEnd(placed.cues, durationS);
  const apart = separateCues(inside.cues);
  const notes = [...mended.notes, ...placed.notes, ...inside.notes, ...overlapNotes(apart)];
  if (durationS !== undefined) notes.push(...coverageNotes(apart.cues, durationS));
  return { cues: apart.cues, notes, ...(heard === undefined ? {} : { fit: heard.fit }) };
}

const wordsIn = (cue: Cue): number => cue.words?.length ?? countWords(cue.text);

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
const endOf = (cues: readonly Cue[]): number => cues.reduce((latest, cue) => Math.max(latest, cue.toS), 0);

function refuseEmpty(cues: readonly Cue[]): void {
  if (cues.length === 0)
    throw new AppError('TRANSCRIPT_EMPTY', 'No cue of the transcript has any words in it.');
}

/** Times in the wrong unit show as speech that nobody could speak. */
function refuseImpossibleSpeed(cues: readonly Cue[], words: number): void {
  const fromS = cues[0]?.fromS ?? 0;
  const spanS = Math.max(0.001, endOf(cues) - fromS);
  if (words < FEWEST_JUDGED_WORDS || words / spanS <= MOST_WORDS_PER_SECOND) return;
  const rate = Math.round(words / spanS);
  throw new AppError(
    'TRANSCRIPT_MISFIT',
    `It puts ${words} words into ${formatSpan(spanS)}, ${rate} a second; its times must be wrong.`,
  );
}

const formatSpan = (spanS: number): string =>
  spanS < 60 ? `${spanS.toFixed(1)} seconds` : formatClock(spanS);

function refuseTailBeyond(cues: readonly Cue[], words: readonly number[], durationS: number): void {
  const beyond = total(words.filter((_, index) => (cues[index]?.fromS ?? 0) >= durationS));
  if (beyond <= total(words) * MOST_BEYOND) return;
  throw new AppError(
    'TRANSCRIPT_MISFIT',
    `The transcript ends at ${formatClock(endOf(cues))} but the recording is ${formatClock(durationS)} long.`,
  );
}

/** What lies before the beginning once it is shifted was cut off the recording. */
function beforeZero({ cues, notes }: FittedToSound): { cues: readonly Cue[]; notes: TranscriptNote[] } {
  const inside = cues.filter((cue) => cue.toS > 0);
  const dropped = cues.length - inside.length;
  const text = `${counted(dropped, 'cue')} before the beginning of the recording ${was(dropped)} left out.`;
  return {
    cues: inside.map((cue) => (cue.fromS < 0 ? withRange(cue, { fromS: 0, toS: cue.toS }) : cue)),
    notes: dropped === 0 ? [...notes] : [...notes, repaired(text)],
  };
}

function cutAtEnd(cues: readonly Cue[], durationS: number): { cues: Cue[]; notes: TranscriptNote[] } {
  const inside = cues.filter((cue) => cue.fromS < durationS);
  const dropped = cues.length - inside.length;
  const farPast = inside.filter((cue) => cue.toS > durationS + SLIGHTLY_PAST_S).length;
  const notes: TranscriptNote[] = [];
  if (dropped > 0) {
    const text = `${counted(dropped, 'cue')} after the end of the recording at ${formatClock(durationS)} ${was(dropped)} left out.`;
    notes.push(repaired(text));
  }
  if (farPast > 0) {
    notes.push(
      repaired(
        `${counted(farPast, 'cue')} lasted beyond the end of the recording and ${was(farPast)} cut there.`,
      ),
    );
  }
  return {
    cues: inside.map((cue) =>
      cue.toS > durationS ? withRange(cue, { fromS: cue.fromS, toS: durationS }) : cue,
    ),
    notes,
  };
}

function overlapNotes(counts: { shortened: number; shared: number; crosstalk: number }): TranscriptNote[] {
  const { shortened, shared, crosstalk } = counts;
  const notes: TranscriptNote[] = [];
  if (shortened > 0) {
    notes.push(
      repaired(
        `${counted(shortened, 'cue')} ended after the next one began; ${shortened === 1 ? 'it was' : 'they were'} shortened.`,
      ),
    );
  }
  if (shared > 0) {
    notes.push(
      repaired(`${counted(shared, 'cue')} lay over the next one; their time was shared out by length.`),
    );
  }
  if (crosstalk > 0) {
    notes.push(
      doubtful(`In ${counted(crosstalk, 'place')} two speakers have times at once; they were left so.`),
    );
  }
  return notes;
}

/** A transcript that stops early still fits, but the rest of the recording has no words to be found by. */
function coverageNotes(cues: readonly Cue[], durationS: number): TranscriptNote[] {
  const endS = endOf(cues);
  if (endS >= durationS / 2 || durationS - endS < 60) return [];
  return [
    doubtful(
      `The transcript ends at ${formatClock(endS)} although the recording is ${formatClock(durationS)} long; ` +
        'what comes after has no words.',
    ),
  ];
}
