import type { Cue, TranscriptNote } from '../../../domain/transcript.ts';
import { counted, repaired } from './parsedTranscript.ts';
import type { RawCue } from './rawCues.ts';
import { dropRepeatedLines } from './rollingCaptions.ts';
import { speakerTurns } from './turnsOfCues.ts';
import { markSingleWords } from './wordGroups.ts';

/** What SRT and WebVTT have in common once their blocks are read: repeated lines go, speakers and words are found. */
export function subtitleCues(raw: readonly RawCue[]): { cues: Cue[]; notes: TranscriptNote[] } {
  const { cues, dropped } = dropRepeatedLines(raw);
  const notes =
    dropped > 0
      ? [repaired(`${counted(dropped, 'cue')} repeated the line before; the repeats were left out.`)]
      : [];
  return { cues: markSingleWords(speakerTurns(cues)), notes };
}
