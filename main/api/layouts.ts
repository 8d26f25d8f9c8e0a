import type { layoutCalls } from '../contract/layouts.ts';
import { clearCrops, cropsOf, placeCrop } from '../engine/flows/crops.ts';
import { listTemplates } from '../engine/flows/templates.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

export function layoutHandlers(open: OpenEngine): HandlersOf<keyof typeof layoutCalls> {
  return {
    'templates.list': async () => {
      const engine = await open();
      const { templates, problems } = await listTemplates(engine);
      return { templates: [...templates], problems: [...problems], folder: engine.paths.templates };
    },
    'crops.get': async ({ episodeId }) => cropsOf(await open(), episodeId),
    'crops.place': async ({ episodeId, box, atS }) => placeCrop(await open(), episodeId, box, atS),
    'crops.clear': async ({ episodeId }) => clearCrops(await open(), episodeId),
  };
}
