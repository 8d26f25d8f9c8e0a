import { resolve } from 'node:path';
import type { exportCalls } from '../contract/exports.ts';
import { AppError } from '../domain/errors.ts';
import { assertFolderIsWritable, requestExports } from '../engine/flows/requestExports.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

export function exportHandlers(open: OpenEngine): HandlersOf<keyof typeof exportCalls> {
  return {
    'exports.checkFolder': async ({ folder }) => {
      await assertFolderIsWritable(resolve(folder));
      return { folder: resolve(folder) };
    },
    'exports.create': async (request) => {
      const engine = await open();
      return {
        jobs: await requestExports(engine, engine.queue, {
          ...request,
          sidecars: request.sidecars ?? engine.settings.exportSidecars,
          folder: resolve(request.folder),
        }),
      };
    },
    'exports.get': async ({ exportId }) => {
      const file = (await open()).exports.get(exportId);
      if (file === undefined) throw new AppError('NOT_FOUND', `there is no export ${exportId}`);
      return file;
    },
    'exports.list': async ({ clipId }) => (await open()).exports.list(clipId),
  };
}
