import { resolve } from 'node:path';
import type { modelCalls } from '../contract/models.ts';
import { modelFetch } from '../engine/flows/fetchModel.ts';
import { benchmark, chooseModel, importModel, removeModel } from '../engine/flows/keepModels.ts';
import { modelMachine } from '../engine/flows/modelMachine.ts';
import { listModels } from '../engine/flows/speechModels.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

export function modelHandlers(open: OpenEngine): HandlersOf<keyof typeof modelCalls> {
  return {
    'models.list': async () => listModels(await open()),
    'models.machine': async () => modelMachine(await open()),
    'models.download': async ({ modelId, thenTranscribe = [] }) => {
      const engine = await open();
      return { job: await engine.queue.enqueue(modelFetch(engine, { modelId, thenTranscribe })) };
    },
    'models.import': async ({ path }) => importModel(await open(), resolve(path)),
    'models.remove': async ({ modelId }) => removeModel(await open(), modelId),
    'models.benchmark': async ({ modelId }) => benchmark(await open(), modelId),
    'models.choose': async ({ modelId }) => {
      const engine = await open();
      await chooseModel(engine, modelId);
      return listModels(engine);
    },
  };
}
