import type { learningCalls } from '../contract/learning.ts';
import {
  freezeLearning,
  hitRateOfEpisode,
  resetLearning,
  restoreLearning,
  showLearning,
} from '../engine/flows/learning.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

export function learningHandlers(open: OpenEngine): HandlersOf<keyof typeof learningCalls> {
  return {
    'learning.show': async ({ show }) => showLearning(await open(), show),
    'learning.hitRate': async ({ episodeId }) => hitRateOfEpisode(await open(), episodeId),
    'learning.reset': async ({ show }) => resetLearning(await open(), show),
    'learning.restore': async ({ show, setAsideTo }) => restoreLearning(await open(), show, setAsideTo),
    'learning.freeze': async ({ show, isFrozen }) => freezeLearning(await open(), show, isFrozen),
  };
}
