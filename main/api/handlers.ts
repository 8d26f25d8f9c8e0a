import { clipHandlers } from './clips.ts';
import { episodeHandlers } from './episodes.ts';
import { exportHandlers } from './exports.ts';
import type { Handlers, OpenEngine } from './handlerTable.ts';
import { hostHandlers, type Host } from './host.ts';
import { layoutHandlers } from './layouts.ts';
import { lineHandlers } from './lines.ts';
import { markHandlers } from './marks.ts';
import { queueHandlers } from './queue.ts';
import { trimHandlers } from './trims.ts';
import { windowHandlers } from './window.ts';

/** Every call of the contract, answered by the engine. */
export const createHandlers = (engine: OpenEngine, host: Host): Handlers => ({
  ...episodeHandlers(engine),
  ...clipHandlers(engine),
  ...trimHandlers(engine),
  ...markHandlers(engine),
  ...layoutHandlers(engine),
  ...lineHandlers(engine),
  ...exportHandlers(engine),
  ...queueHandlers(engine),
  ...hostHandlers(engine, host),
  ...windowHandlers(engine),
});
