import type { lineCalls } from '../contract/lines.ts';
import { linesOfEpisode } from '../engine/flows/lines.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

export function lineHandlers(open: OpenEngine): HandlersOf<keyof typeof lineCalls> {
  return {
    'clips.lines': async ({ episodeId, limit }) => linesOfEpisode(await open(), episodeId, limit),
  };
}
