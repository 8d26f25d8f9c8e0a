import { AppError } from '../../domain/errors.ts';
import type { HitRate, LearningStep, ShowLearning } from '../../domain/learning.ts';
import type { Show } from '../../domain/show.ts';
import { hitRateOf } from '../clips/hitRate.ts';
import {
  agreementOf,
  countSignals,
  fitMultipliers,
  multipliersOf,
  opinionsOf,
  SIGNALS_NEEDED,
  type LearnedPart,
  type Opinion,
} from '../clips/learning.ts';
import type { EngineContext } from './context.ts';

/** The show by its id, or by its name whatever the case. Throws NOT_FOUND. */
function showNamed(engine: EngineContext, show: string): Show {
  const found = engine.shows.get(show) ?? engine.shows.findByName(show);
  if (found === undefined) throw new AppError('NOT_FOUND', `there is no show ${show}`);
  return found;
}

function opinionsOfShow(engine: EngineContext, showId: string): Opinion[] {
  const { resetAfterId } = engine.modelWeights.stateOf(showId);
  return opinionsOf(engine.feedback.listStanding(showId, resetAfterId));
}

/** The moves from what is in force to what is learned now, each with its reason. */
function stepsBetween(
  before: Readonly<Record<string, number>>,
  learned: readonly LearnedPart[],
  whyBack: string,
  changedAtMs: number,
): LearningStep[] {
  const moved: Omit<LearningStep, 'changedAtMs'>[] = learned
    .filter(({ part, multiplier }) => (before[part] ?? 1) !== multiplier)
    .map(({ part, multiplier, because }) => ({
      part,
      before: before[part] ?? 1,
      after: multiplier,
      because,
    }));
  const back = Object.entries(before)
    .filter(([part, value]) => value !== 1 && !learned.some((other) => other.part === part))
    .map(([part, value]) => ({ part, before: value, after: 1, because: whyBack }));
  return [...moved, ...back].map((step) => ({ ...step, changedAtMs }));
}

/**
 * Brings the weights of an episode's show up to what its standing feedback says; a frozen show stays as it is. Call it
 * inside the transaction that changed the feedback.
 */
export function learn(engine: EngineContext, episodeId: string, nowMs: number): void {
  const showId = engine.episodes.get(episodeId)?.episode.showId;
  const show = showId === undefined ? undefined : engine.shows.get(showId);
  if (show !== undefined) learnForShow(engine, show, nowMs);
}

function learnForShow(engine: EngineContext, show: Show, nowMs: number): void {
  if (engine.modelWeights.stateOf(show.id).isFrozen) return;
  const opinions = opinionsOfShow(engine, show.id);
  const learned = fitMultipliers(opinions);
  const whyBack =
    countSignals(opinions) < SIGNALS_NEEDED
      ? `Fewer than ${SIGNALS_NEEDED} signals are left.`
      : 'It no longer tells the clips you liked from the others.';
  const steps = stepsBetween(show.learnedWeights, learned, whyBack, nowMs);
  if (steps.length > 0) engine.modelWeights.save(show.id, multipliersOf(learned), steps);
}

/** How well the scores foretold what was kept in the show of an episode; null before there are 20 decisions. */
export function hitRateOfEpisode(engine: EngineContext, episodeId: string): HitRate | null {
  const stored = engine.episodes.get(episodeId);
  if (stored === undefined) throw new AppError('NOT_FOUND', `there is no episode ${episodeId}`);
  return hitRateOfShow(engine, stored.episode.showId);
}

export const hitRateOfShow = (engine: EngineContext, showId: string): HitRate | null =>
  hitRateOf(engine.feedback.listStanding(showId));

/** What a show has taught the scorer, and what that was worth. Show is an id or a name. */
export function showLearning(engine: EngineContext, show: string): ShowLearning {
  const { id, name, learnedWeights } = showNamed(engine, show);
  const opinions = opinionsOfShow(engine, id);
  const { isFrozen, resetAfterId } = engine.modelWeights.stateOf(id);
  return {
    showId: id,
    showName: name,
    signals: countSignals(opinions),
    signalsNeeded: SIGNALS_NEEDED,
    isFrozen,
    setAsideTo: resetAfterId,
    multipliers: learnedWeights,
    agreement: agreementOf(opinions),
    hitRate: hitRateOfShow(engine, id),
    ledger: engine.modelWeights.ledger(id),
  };
}

/** Puts every weight back and sets aside what was said so far; the feedback itself stays. */
export async function resetLearning(engine: EngineContext, show: string): Promise<ShowLearning> {
  const { id, learnedWeights } = showNamed(engine, show);
  await engine.library.write(() => {
    engine.modelWeights.startAnew(id);
    engine.modelWeights.save(id, {}, stepsBetween(learnedWeights, [], 'You reset it.', Date.now()));
  });
  return showLearning(engine, id);
}

/** Takes a reset back: what was said after this number counts again, and the weights follow at once unless they are frozen. */
export async function restoreLearning(
  engine: EngineContext,
  show: string,
  setAsideTo: number,
): Promise<ShowLearning> {
  const known = showNamed(engine, show);
  await engine.library.write(() => {
    const { resetAfterId } = engine.modelWeights.stateOf(known.id);
    engine.modelWeights.countFrom(known.id, Math.min(resetAfterId, setAsideTo));
    learnForShow(engine, known, Date.now());
  });
  return showLearning(engine, known.id);
}

/** Holds the weights as they are, or lets them move again, at once to what was said meanwhile. */
export async function freezeLearning(
  engine: EngineContext,
  show: string,
  isFrozen: boolean,
): Promise<ShowLearning> {
  const known = showNamed(engine, show);
  await engine.library.write(() => {
    engine.modelWeights.setFrozen(known.id, isFrozen);
    learnForShow(engine, known, Date.now());
  });
  return showLearning(engine, known.id);
}
