import { batchHandlers } from './batch.ts';
import { clipHandlers } from './clips.ts';
import { episodeHandlers } from './episodes.ts';
import { exportHandlers } from './exports.ts';
import { feedbackHandlers } from './feedback.ts';
import type { Handlers, OpenEngine } from './handlerTable.ts';
import { hostHandlers, type Host } from './host.ts';
import { lineHandlers } from './lines.ts';
import { markHandlers } from './marks.ts';
import { queueHandlers } from './queue.ts';
import { trimHandlers } from './trims.ts';
import { learningHandlers } from './learning.ts';
import { offLimitsHandlers } from './offLimits.ts';
import { searchHandlers } from './search.ts';
import { nameHandlers } from './names.ts';
import { transcriptHandlers } from './transcript.ts';
import { modelHandlers } from './models.ts';
import { recognitionHandlers } from './recognition.ts';
import { reviewerHandlers } from './reviewer.ts';
import { windowHandlers } from './window.ts';

/** Every call of the contract, answered by the engine. */
export const createHandlers = (engine: OpenEngine, host: Host): Handlers => ({
  ...episodeHandlers(engine),
  ...clipHandlers(engine),
  ...trimHandlers(engine),
  ...markHandlers(engine),
  ...lineHandlers(engine),
  ...exportHandlers(engine),
  ...feedbackHandlers(engine),
  ...learningHandlers(engine),
  ...offLimitsHandlers(engine),
  ...searchHandlers(engine),
  ...modelHandlers(engine),
  ...recognitionHandlers(engine),
  ...queueHandlers(engine),
  ...hostHandlers(engine, host),
  ...windowHandlers(engine),
  ...transcriptHandlers(engine),
  ...nameHandlers(engine),
  ...reviewerHandlers(engine),
  ...batchHandlers(engine),
});
