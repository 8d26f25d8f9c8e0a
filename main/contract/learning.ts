import { z } from 'zod';
import { HitRate, ShowLearning } from '../domain/learning.ts';
import { call } from './call.ts';

/** Id or name of a show. */
const show = z.string().min(1).max(500);

export const learningCalls = {
  /** What a show's feedback has moved, why, and how well it agrees with what was held out. */
  'learning.show': call(z.strictObject({ show }), ShowLearning),
  /** How well the scores foretold what was kept in the show of this episode; null before there are 20 decisions. */
  'learning.hitRate': call(z.strictObject({ episodeId: z.string().min(1) }), HitRate.nullable()),
  /** Puts every weight back; only feedback that is still to come counts from then on. */
  'learning.reset': call(z.strictObject({ show }), ShowLearning),
  /** Takes a reset back: feedback after this number, told by learning.show before the reset, counts again. */
  'learning.restore': call(z.strictObject({ show, setAsideTo: z.int().min(0) }), ShowLearning),
  /** Holds the weights as they are, or lets them move again. */
  'learning.freeze': call(z.strictObject({ show, isFrozen: z.boolean() }), ShowLearning),
};
