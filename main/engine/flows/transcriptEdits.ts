import { AppError } from '../../domain/errors.ts';
import type { Episode } from '../../domain/episode.ts';
import type { NameRule } from '../../domain/show.ts';
import type { TimeRange } from '../../domain/time.ts';
import type { Segment } from '../../domain/transcript.ts';
import {
  MOST_UNDO_STEPS,
  type EditOperation,
  type EditState,
  type Replacement,
  type ReplacementHit,
  type SentenceRef,
  type TranscriptEdit,
} from '../../domain/transcriptEdit.ts';
import {
  mergeEdit,
  sentenceAt,
  splitEdit,
  wordEdits,
  type SentenceInPlace,
} from '../transcripts/edits/compose.ts';
import { offeredRules } from '../transcripts/edits/nameRules.ts';
import { findReplacements } from '../transcripts/edits/replacements.ts';
import type { EngineContext } from './context.ts';
import { rebuildTranscript, replayed } from './placeTranscript.ts';
import { rescoreClips } from './rescoreClips.ts';
import { hear } from './searchInput.ts';

/** What a person does to a transcript. */
export type EditRequest =
  | { readonly kind: 'words'; readonly sentence: SentenceRef; readonly text: string }
  | { readonly kind: 'merge'; readonly sentence: SentenceRef }
  | { readonly kind: 'split'; readonly sentence: SentenceRef; readonly beforeWord: number }
  | { readonly kind: 'speaker'; readonly from: string; readonly to: string };

export interface EditHistory {
  readonly edits: TranscriptEdit[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

export interface EditOutcome {
  /** Edits that were made, or that undo and redo changed. */
  readonly edits: TranscriptEdit[];
  /** Clips that read otherwise now. */
  readonly rescored: string[];
  /** Corrections that were made by hand more than once and could be rules of the show. */
  readonly offers: NameRule[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

export function episodeNamed(engine: EngineContext, episodeId: string): Episode {
  const stored = engine.episodes.get(episodeId);
  if (stored === undefined) throw new AppError('NOT_FOUND', `there is no episode ${episodeId}`);
  return stored.episode;
}

/** Makes one edit and reads the clips it touches again. Throws SENTENCE_CHANGED, BAD_INPUT, NOT_FOUND. */
export function editTranscript(
  engine: EngineContext,
  episodeId: string,
  request: EditRequest,
): Promise<EditOutcome> {
  return change(engine, episodeId, () => {
    const operations = operationsOf(engine.segments.list(episodeId), request);
    engine.transcriptEdits.addStep(episodeId, { author: 'person', operations, madeAtMs: Date.now() });
  });
}

function operationsOf(segments: readonly Segment[], request: EditRequest): EditOperation[] {
  switch (request.kind) {
    case 'words': {
      const edits = wordEdits(sentenceOf(segments, request.sentence), request.text);
      if (edits.length === 0) throw new AppError('BAD_INPUT', 'the sentence reads so already');
      return edits;
    }
    case 'merge': {
      const edit = mergeEdit(sentenceOf(segments, request.sentence));
      if (edit === undefined) throw new AppError('BAD_INPUT', 'no sentence comes after the last one');
      return [edit];
    }
    case 'split': {
      const edit = splitEdit(sentenceOf(segments, request.sentence), request.beforeWord);
      if (edit === undefined) throw new AppError('BAD_INPUT', 'a sentence is cut between two of its words');
      return [edit];
    }
    case 'speaker': {
      if (segments.every((segment) => segment.speaker !== request.from))
        throw new AppError('BAD_INPUT', `nobody here is called ${request.from}`);
      return [request];
    }
  }
}

/** Times are kept to the millisecond. */
const SAME_S = 0.0015;

function sentenceOf(segments: readonly Segment[], { fromS, text }: SentenceRef): SentenceInPlace {
  const index = segments.findIndex(
    (segment) => Math.abs(segment.fromS - fromS) <= SAME_S && segment.text === text,
  );
  const sentence = sentenceAt(segments, index);
  if (sentence === undefined)
    throw new AppError('SENTENCE_CHANGED', `no sentence at ${fromS} s reads "${text}"`);
  return sentence;
}

/** Every place that a replacement would change, before anything is changed. */
export function previewReplacement(
  engine: EngineContext,
  episodeId: string,
  replacement: Replacement,
): ReplacementHit[] {
  const { id } = episodeNamed(engine, episodeId);
  return findReplacements(engine.segments.list(id), replacement);
}

/** Replaces everywhere but in the hits that are left out, as one step. */
export function replaceInTranscript(
  engine: EngineContext,
  episodeId: string,
  replacement: Replacement,
  except: readonly number[],
): Promise<EditOutcome> {
  return change(engine, episodeId, () => {
    const hits = previewReplacement(engine, episodeId, replacement);
    const operations = hits.filter((hit) => !except.includes(hit.index)).map((hit) => hit.operation);
    if (operations.length === 0)
      throw new AppError('BAD_INPUT', `"${replacement.from}" is nowhere to replace`);
    // From the end, so that a change still finds the words before it as they were.
    operations.reverse();
    engine.transcriptEdits.addStep(episodeId, { author: 'person', operations, madeAtMs: Date.now() });
  });
}

/** Takes the newest step back, as far as the fiftieth. Throws NOTHING_TO_UNDO. */
export function undoEdit(engine: EngineContext, episodeId: string): Promise<EditOutcome> {
  return change(engine, episodeId, () => {
    const { undo } = steps(engine.transcriptEdits.list(episodeId));
    if (undo.length === 0) throw new AppError('NOTHING_TO_UNDO', 'no step is left to undo');
    for (const { id } of undo) engine.transcriptEdits.setState(id, 'undone');
  });
}

/** Brings the step back that was undone last. Throws NOTHING_TO_UNDO. */
export function redoEdit(engine: EngineContext, episodeId: string): Promise<EditOutcome> {
  return change(engine, episodeId, () => {
    const { redo } = steps(engine.transcriptEdits.list(episodeId));
    if (redo.length === 0) throw new AppError('NOTHING_TO_UNDO', 'no step is left to redo');
    for (const { id } of redo) engine.transcriptEdits.setState(id, 'applied');
  });
}

/** Takes one edit back whatever came after it, or puts it in force again. */
export function setEditState(
  engine: EngineContext,
  episodeId: string,
  editId: number,
  state: Extract<EditState, 'applied' | 'reverted'>,
): Promise<EditOutcome> {
  return change(engine, episodeId, () => {
    const edit = engine.transcriptEdits.list(episodeId).find(({ id }) => id === editId);
    if (edit === undefined) throw new AppError('NOT_FOUND', `there is no edit ${editId}`);
    engine.transcriptEdits.setState(editId, state);
  });
}

export function listEdits(engine: EngineContext, episodeId: string): EditHistory {
  const edits = engine.transcriptEdits.list(episodeNamed(engine, episodeId).id);
  const { undo, redo } = steps(edits);
  return { edits, canUndo: undo.length > 0, canRedo: redo.length > 0 };
}

/** The edits that undo would take back and those that redo would bring again. */
function steps(edits: readonly TranscriptEdit[]): { undo: TranscriptEdit[]; redo: TranscriptEdit[] } {
  const numbers = [...new Set(edits.filter(({ state }) => state !== 'reverted').map(({ step }) => step))];
  const within = new Set(numbers.sort((a, b) => b - a).slice(0, MOST_UNDO_STEPS));
  const applied = edits.filter(({ state, step }) => state === 'applied' && within.has(step));
  const undone = edits.filter(({ state }) => state === 'undone');
  const newest = Math.max(...applied.map(({ step }) => step));
  const oldest = Math.min(...undone.map(({ step }) => step));
  return {
    undo: applied.filter(({ step }) => step === newest),
    redo: undone.filter(({ step }) => step === oldest),
  };
}

/** Changes the edits of an episode and everything that follows from them, in one transaction. */
export async function change(
  engine: EngineContext,
  episodeId: string,
  act: () => void,
): Promise<EditOutcome> {
  const episode = episodeNamed(engine, episodeId);
  const heard = await hear(engine, episodeId);
  const outcome = await engine.library.write((): EditOutcome => {
    const before = replayed(engine, episodeId);
    act();
    const after = rebuildTranscript(engine, episodeId);
    const edits = engine.transcriptEdits.list(episodeId);
    const known = new Map(before.edits.map((edit) => [edit.id, edit.state]));
    const rescored = rescoreClips(engine, episode, heard, changedRanges(before.touched, after));
    const rules = engine.shows.get(episode.showId)?.names ?? [];
    const { undo, redo } = steps(edits);
    return {
      edits: edits.filter((edit) => known.get(edit.id) !== edit.state),
      rescored,
      offers: offeredRules(engine.transcriptEdits.listByHand(episode.showId), rules),
      canUndo: undo.length > 0,
      canRedo: redo.length > 0,
    };
  });
  engine.emit('episodes.changed', { episodeId });
  return outcome;
}

/** Where edits came into force or went out of it. */
function changedRanges(
  before: ReadonlyMap<number, readonly TimeRange[]>,
  after: ReadonlyMap<number, readonly TimeRange[]>,
): TimeRange[] {
  const gone = [...before].filter(([id]) => !after.has(id));
  const come = [...after].filter(([id]) => !before.has(id));
  return [...gone, ...come].flatMap(([, ranges]) => ranges);
}
