import { bleepHandlers } from './bleeps.ts';
import { batchHandlers } from './batch.ts';
import { clipHandlers } from './clips.ts';
import { episodeHandlers } from './episodes.ts';
import { exportHandlers } from './exports.ts';
import { feedbackHandlers } from './feedback.ts';
import type { Handlers, OpenEngine } from './handlerTable.ts';
import { hostHandlers, type Host } from './host.ts';
import { interchangeHandlers } from './interchange.ts';
import { layoutHandlers } from './layouts.ts';
import { lineHandlers } from './lines.ts';
import { markHandlers } from './marks.ts';
import { queueHandlers } from './queue.ts';
import { trimHandlers } from './trims.ts';
import { profileHandlers } from './profile.ts';
import { learningHandlers } from './learning.ts';
import { offLimitsHandlers } from './offLimits.ts';
import { searchHandlers } from './search.ts';
import { nameHandlers } from './names.ts';
import { storageHandlers } from './storage.ts';
import { transcriptHandlers } from './transcript.ts';
import { typingHandlers } from './typing.ts';
import { settingHandlers } from './settings.ts';
import { modelHandlers } from './models.ts';
import { recognitionHandlers } from './recognition.ts';
import { speakerHandlers } from './speakers.ts';
import { versionHandlers } from './versions.ts';
import { reviewerHandlers } from './reviewer.ts';
import { windowHandlers } from './window.ts';

/** Every call of the contract, answered by the engine. */
export const createHandlers = (engine: OpenEngine, host: Host): Handlers => ({
  ...episodeHandlers(engine),
  ...clipHandlers(engine),
  ...trimHandlers(engine),
  ...markHandlers(engine),
  ...layoutHandlers(engine),
  ...interchangeHandlers(engine),
  ...lineHandlers(engine),
  ...exportHandlers(engine),
  ...feedbackHandlers(engine),
  ...learningHandlers(engine),
  ...profileHandlers(engine),
  ...offLimitsHandlers(engine),
  ...searchHandlers(engine),
  ...modelHandlers(engine),
  ...recognitionHandlers(engine),
  ...speakerHandlers(engine),
  ...queueHandlers(engine),
  ...hostHandlers(engine, host),
  ...windowHandlers(engine),
  ...storageHandlers(engine),
  ...transcriptHandlers(engine),
  ...nameHandlers(engine),
  ...versionHandlers(engine),
  ...typingHandlers(engine),
  ...settingHandlers(engine),
  ...bleepHandlers(engine),
  ...reviewerHandlers(engine),
  ...batchHandlers(engine),
});
