import type { Clip, ClipState } from '../../domain/clip.ts';
import { AppError } from '../../domain/errors.ts';
import type { Feedback, FeedbackKind, JudgedClip } from '../../domain/feedback.ts';
import type { Trim } from '../../domain/trim.ts';
import { unlearnedPoints } from '../clips/learning.ts';
import type { EngineContext } from './context.ts';
import { learn } from './learning.ts';

/** What a person says about a clip at once; anything may be left out. */
export interface FeedbackGiven {
  readonly clipId: string;
  readonly decision?: 'keep' | 'reject' | undefined;
  /** Why it was rejected, or kept. */
  readonly reason?: string | undefined;
  readonly rating?: number | undefined;
  readonly comment?: string | undefined;
}

export interface ClipFeedback {
  readonly clip: Clip;
  /** Oldest first, what was taken back included. */
  readonly feedback: Feedback[];
}

const STATE_AFTER: Readonly<Record<'keep' | 'reject', ClipState>> = { keep: 'kept', reject: 'rejected' };
const DECISIONS: ReadonlySet<FeedbackKind> = new Set<FeedbackKind>(['keep', 'reject']);

export function clipNamed(engine: EngineContext, clipId: string): Clip {
  const clip = engine.clips.get(clipId);
  if (clip === undefined) throw new AppError('NOT_FOUND', `there is no clip ${clipId}`);
  return clip;
}

const asJudged = (clip: Clip): JudgedClip => ({
  inS: clip.inS,
  outS: clip.outS,
  rank: clip.rank,
  score: clip.score,
  parts: unlearnedPoints(clip.parts),
  stateBefore: clip.state,
});

/**
 * Writes down one signal about a clip as it is now, and lets the show learn from it. Call it inside a transaction, before
 * the clip is changed.
 */
export function recordSignal(
  engine: EngineContext,
  clip: Clip,
  signal: { kind: FeedbackKind; rating?: number; comment?: string | undefined; trim?: Trim },
  nowMs: number,
): void {
  engine.feedback.add({ ...signal, clipId: clip.id, judged: asJudged(clip), givenAtMs: nowMs });
  learn(engine, clip.episodeId, nowMs);
}

const told = (engine: EngineContext, clipId: string): ClipFeedback => {
  const clip = clipNamed(engine, clipId);
  engine.emit('episodes.changed', { episodeId: clip.episodeId });
  return { clip, feedback: engine.feedback.listOfClip(clipId) };
};

/** Keeps, rejects, rates or comments a clip; each is stored for ever. Throws BAD_INPUT when nothing is said. */
export async function giveFeedback(engine: EngineContext, given: FeedbackGiven): Promise<ClipFeedback> {
  const { clipId, decision, reason, rating, comment } = given;
  if (decision === undefined && rating === undefined && comment === undefined)
    throw new AppError('BAD_INPUT', 'say keep, reject, a rating or a comment');
  await engine.library.write(() => {
    const clip = clipNamed(engine, clipId);
    const nowMs = Date.now();
    if (rating !== undefined) recordSignal(engine, clip, { kind: 'rating', rating }, nowMs);
    if (comment !== undefined) recordSignal(engine, clip, { kind: 'comment', comment }, nowMs);
    if (decision === undefined) return;
    recordSignal(engine, clip, { kind: decision, comment: reason }, nowMs);
    engine.clips.setState(clipId, STATE_AFTER[decision]);
  });
  return told(engine, clipId);
}

/** A clip whose decision is taken back is still trimmed when a person has cut it. */
const stateLeft = (engine: EngineContext, clipId: string, state: ClipState): ClipState =>
  engine.feedback.lastTrim(clipId) === undefined ? state : 'trimmed';

/**
 * Takes back the last keep or reject of a clip that still stands, and gives the clip the state it had before.
 * Throws WRONG_STATE when there is none.
 */
export async function undoDecision(engine: EngineContext, clipId: string): Promise<ClipFeedback> {
  await engine.library.write(() => {
    const { episodeId } = clipNamed(engine, clipId);
    const last = standingDecisions(engine, clipId).at(-1);
    if (last === undefined)
      throw new AppError('WRONG_STATE', `no decision on clip ${clipId} is left to take back`);
    takeBack(engine, [last]);
    engine.clips.setState(clipId, stateLeft(engine, clipId, last.judged?.stateBefore ?? 'candidate'));
    learn(engine, episodeId, Date.now());
  });
  return told(engine, clipId);
}

/** Makes a clip undecided again, whatever was decided before. */
export async function undecide(engine: EngineContext, clipId: string): Promise<ClipFeedback> {
  await engine.library.write(() => {
    const { episodeId } = clipNamed(engine, clipId);
    takeBack(engine, standingDecisions(engine, clipId));
    engine.clips.setState(clipId, stateLeft(engine, clipId, 'candidate'));
    learn(engine, episodeId, Date.now());
  });
  return told(engine, clipId);
}

const standingDecisions = (engine: EngineContext, clipId: string): Feedback[] =>
  engine.feedback
    .listOfClip(clipId)
    .filter(({ kind, undoneAtMs }) => undoneAtMs === null && DECISIONS.has(kind));

function takeBack(engine: EngineContext, entries: readonly Feedback[]): void {
  for (const { id } of entries) engine.feedback.takeBack(id, Date.now());
}

/** Everything ever said about a clip. */
export const feedbackOf = (engine: EngineContext, clipId: string): ClipFeedback => ({
  clip: clipNamed(engine, clipId),
  feedback: engine.feedback.listOfClip(clipId),
});
