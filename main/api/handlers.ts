import { clipHandlers } from './clips.ts';
import { episodeHandlers } from './episodes.ts';
import { exportHandlers } from './exports.ts';
import type { Handlers, OpenEngine } from './handlerTable.ts';
import { hostHandlers, type Host } from './host.ts';
import { nameHandlers } from './names.ts';
import { queueHandlers } from './queue.ts';
import { transcriptHandlers } from './transcript.ts';
import { versionHandlers } from './versions.ts';
import { windowHandlers } from './window.ts';

/** Every call of the contract, answered by the engine. */
export const createHandlers = (engine: OpenEngine, host: Host): Handlers => ({
  ...episodeHandlers(engine),
  ...clipHandlers(engine),
  ...exportHandlers(engine),
  ...queueHandlers(engine),
  ...hostHandlers(engine, host),
  ...windowHandlers(engine),
  ...transcriptHandlers(engine),
  ...nameHandlers(engine),
  ...versionHandlers(engine),
});
