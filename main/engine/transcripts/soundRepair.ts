import { AppError } from '../../domain/errors.ts';
import { formatClock, toMilliseconds, type TimeRange } from '../../domain/time.ts';
import type { Cue, TranscriptFit, TranscriptNote } from '../../domain/transcript.ts';
import { counted, doubtful, repaired, was } from './formats/parsedTranscript.ts';
import { shiftAt, type Shift } from './shifts.ts';
import { checkAgainstSound } from './soundCheck.ts';
import type { PlacedStretch } from './soundSteps.ts';

export interface FittedToSound {
  readonly fit: TranscriptFit;
  readonly cues: readonly Cue[];
  readonly notes: readonly TranscriptNote[];
}

/**
 * Moves a transcript to where its words are heard: all of it, or what comes after each place at which something was put
 * into the recording or taken out of it. Throws TRANSCRIPT_MISFIT for the transcript of another recording.
 */
export function fitToSound(
  cues: readonly Cue[],
  speech: readonly TimeRange[],
  durationS: number,
): FittedToSound {
  const { fit, placed } = checkAgainstSound(cues, speech, durationS);
  switch (fit) {
    case 'fits':
    case 'unknown':
      return { fit, cues, notes: [] };
    case 'rough':
      return {
        fit,
        cues,
        notes: [
          doubtful(
            'The times of the transcript agree with the sound only roughly; cuts may need a second look.',
          ),
        ],
      };
    case 'unrelated':
      throw new AppError(
        'TRANSCRIPT_MISFIT',
        'Where the transcript pauses, the recording speaks on, and it never fits however it is shifted.',
      );
    case 'shifted':
    case 'drifting':
    case 'steps':
      return { fit, cues: moved(cues, placed), notes: notesOf(cues, placed, fit) };
  }
}

const moved = (cues: readonly Cue[], placed: readonly PlacedStretch[]): Cue[] =>
  placed.flatMap(({ first, end, shift }) => cues.slice(first, end).map((cue) => shiftedCue(cue, shift)));

function shiftedCue(cue: Cue, stretch: Shift): Cue {
  const at = (timeS: number): number => toMilliseconds(timeS + shiftAt(stretch, timeS));
  const range = { fromS: at(cue.fromS), toS: at(cue.toS) };
  if (cue.words === undefined) return { ...cue, ...range };
  const words = cue.words.map((word) => ({ ...word, fromS: at(word.fromS), toS: at(word.toS) }));
  return { ...cue, ...range, words };
}

const seconds = (timeS: number): string => `${Math.abs(timeS).toFixed(1)} s`;
const direction = (shiftS: number): string => (shiftS > 0 ? 'early' : 'late');

function notesOf(
  cues: readonly Cue[],
  placed: readonly PlacedStretch[],
  fit: TranscriptFit,
): TranscriptNote[] {
  const [first] = placed;
  if (first === undefined) return [];
  const { shiftS, driftS, fromS, toS } = first.shift;
  const opening =
    fit === 'drifting'
      ? [
          repaired(
            `The clock of the transcript ran ${Math.abs((driftS / (toS - fromS)) * 100).toFixed(2)} % too ` +
              `${driftS > 0 ? 'fast' : 'slow'} for the recording; its times were stretched to fit.`,
          ),
        ]
      : Math.abs(shiftS) >= 0.05
        ? [repaired(`The transcript was ${seconds(shiftS)} ${direction(shiftS)}; its times were moved.`)]
        : [];
  return [
    ...opening,
    ...placed.slice(1).flatMap((after, index) => stepNotes(cues, placed[index] ?? first, after)),
  ];
}

function stepNotes(cues: readonly Cue[], before: PlacedStretch, after: PlacedStretch): TranscriptNote[] {
  const firstCue = cues[after.first];
  const atS = firstCue === undefined ? 0 : firstCue.fromS;
  const stepS = shiftAt(after.shift, atS) - shiftAt(before.shift, cues[before.end - 1]?.toS ?? atS);
  if (stepS > 0) {
    const where = formatClock((cues[before.end - 1]?.toS ?? atS) + shiftAt(before.shift, atS));
    return [
      repaired(
        `At ${where} the recording has ${seconds(stepS)} that the transcript does not know, most likely an advert; ` +
          'what comes after was moved.',
      ),
    ];
  }
  const gone = cues.slice(before.end, after.first);
  const [opens] = gone;
  if (opens === undefined) {
    return [
      repaired(
        `At ${formatClock(atS)} of the transcript ${seconds(stepS)} are missing from the recording; what comes after was moved.`,
      ),
    ];
  }
  return [
    repaired(
      `${counted(gone.length, 'cue')} of the transcript (${formatClock(opens.fromS)} to ${formatClock(gone.at(-1)?.toS ?? 0)}) ` +
        `${was(gone.length)} left out: the recording does not have ${gone.length === 1 ? 'it' : 'them'}. What comes after was moved.`,
    ),
  ];
}
