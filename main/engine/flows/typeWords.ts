import type { Clip } from '../../domain/clip.ts';
import { lengthS, overlapS, type TimeRange } from '../../domain/time.ts';
import type { Segment } from '../../domain/transcript.ts';
import type { TypedOperation } from '../../domain/transcriptEdit.ts';
import { spreadTyped } from '../transcripts/edits/typedWords.ts';
import type { EngineContext } from './context.ts';
import { clipNamed } from './feedback.ts';
import { hear } from './searchInput.ts';
import { change, type EditOutcome } from './transcriptEdits.ts';

/** Typed words as they lie over the speech of a clip. */
export interface TypedWords {
  /** As it was typed; empty where nothing was. */
  readonly text: string;
  /** The edit that is in force for the clip; null where nothing was typed. */
  readonly editId: number | null;
  readonly sentences: Segment[];
  /** Where somebody is heard in the clip, in order. */
  readonly speech: TimeRange[];
  readonly words: number;
  readonly speechS: number;
  /** How much of the speech the words reach over. */
  readonly coveredS: number;
}

/** How a text would lie over the speech of a clip; without a text, the words that were typed for the clip last. Throws NOT_FOUND. */
export async function layOutTyping(
  engine: EngineContext,
  clipId: string,
  text: string | undefined,
): Promise<TypedWords> {
  const clip = clipNamed(engine, clipId);
  const inForce = typedFor(engine, clip);
  return describe(await operationFor(engine, clip, text ?? inForce?.text ?? ''), inForce?.id);
}

/**
 * Puts words that a person typed under a clip: captions, files beside an export and its score follow them. One step of the
 * transcript's edits: it can be undone, and a later recognition does not replace it. Throws NOT_FOUND.
 */
export async function typeWords(
  engine: EngineContext,
  clipId: string,
  text: string,
): Promise<EditOutcome & { readonly clip: Clip; readonly typed: TypedWords }> {
  const clip = clipNamed(engine, clipId);
  const operation = await operationFor(engine, clip, text.trim());
  const outcome = await change(engine, clip.episodeId, () => {
    engine.transcriptEdits.addStep(clip.episodeId, {
      author: 'person',
      operations: [operation],
      madeAtMs: Date.now(),
    });
  });
  const typed = describe(operation, typedFor(engine, clip)?.id);
  return { ...outcome, clip: clipNamed(engine, clipId), typed };
}

async function operationFor(engine: EngineContext, clip: Clip, text: string): Promise<TypedOperation> {
  const range = { fromS: clip.inS, toS: clip.outS };
  const heard = await hear(engine, clip.episodeId);
  const speech = (heard?.speech.speech ?? []).flatMap((part) => {
    const inside = { fromS: Math.max(part.fromS, range.fromS), toS: Math.min(part.toS, range.toS) };
    return lengthS(inside) > 0 ? [inside] : [];
  });
  return { kind: 'typed', ...range, text, speech };
}

/** What was typed last for a stretch that is mostly this clip's. */
function typedFor(
  engine: EngineContext,
  { episodeId, inS, outS }: Clip,
): { readonly id: number; readonly text: string } | undefined {
  const typed = engine.transcriptEdits
    .list(episodeId)
    .flatMap(({ id, operation, state }) =>
      operation.kind === 'typed' && state === 'applied' ? [{ id, ...operation }] : [],
    );
  const isOfClip = (operation: TimeRange): boolean =>
    overlapS(operation, { fromS: inS, toS: outS }) > lengthS(operation) / 2;
  return typed.findLast(isOfClip);
}

function describe(operation: TypedOperation, editId: number | undefined): TypedWords {
  const { text, speech } = operation;
  const sentences = text === '' ? [] : spreadTyped(operation);
  const endS = sentences.at(-1)?.toS ?? operation.fromS;
  const covered = speech.map((range) => overlapS(range, { fromS: operation.fromS, toS: endS }));
  return {
    text,
    editId: editId ?? null,
    sentences,
    speech: [...speech],
    words: sentences.reduce((sum, sentence) => sum + sentence.words.length, 0),
    speechS: sum(speech.map(lengthS)),
    coveredS: sum(covered),
  };
}

const sum = (seconds: readonly number[]): number =>
  Math.round(seconds.reduce((total, each) => total + each, 0) * 10) / 10;
