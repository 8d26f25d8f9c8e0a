import type { TimeRange } from '../../../domain/time.ts';
import type { Segment } from '../../../domain/transcript.ts';
import type { EditOperation } from '../../../domain/transcriptEdit.ts';
import { applyOperation } from './applyOperation.ts';
import { toSegments, toStream } from './wordStream.ts';

export interface Replayed {
  readonly segments: readonly Segment[];
  /** For each operation where it changed something; undefined where its words are not there. */
  readonly touched: readonly (readonly TimeRange[] | undefined)[];
}

/** The transcript that comes of edits, applied in order to the words as they came. An edit whose words are gone is passed over. */
export function replayEdits(base: readonly Segment[], operations: readonly EditOperation[]): Replayed {
  if (operations.length === 0) return { segments: base, touched: [] };
  const stream = toStream(base);
  const touched = operations.map((operation) => applyOperation(stream, operation));
  return { segments: toSegments(stream), touched };
}
