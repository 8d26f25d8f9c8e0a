import { resolve } from 'node:path';
import type { markCalls } from '../contract/marks.ts';
import { AppError } from '../domain/errors.ts';
import { addMarks, importMarks, pasteMarks, removeMarks } from '../engine/flows/marks.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

export function markHandlers(open: OpenEngine): HandlersOf<keyof typeof markCalls> {
  return {
    'marks.add': async ({ episodeId, atS, toS, note }) => {
      if (toS !== undefined && toS <= atS)
        throw new AppError('BAD_INPUT', 'a mark has to end after it begins');
      const taken = await addMarks(await open(), episodeId, [{ atS, toS: toS ?? null, note: note ?? '' }]);
      const [mark] = taken.marks;
      if (mark === undefined) throw new AppError('INTERNAL', 'the mark was not stored');
      return mark;
    },
    'marks.list': async ({ episodeId }) => {
      const engine = await open();
      if (engine.episodes.get(episodeId) === undefined)
        throw new AppError('NOT_FOUND', `there is no episode ${episodeId}`);
      return engine.marks.list(episodeId);
    },
    'marks.remove': async (input) => {
      await removeMarks(await open(), 'markId' in input ? [input.markId] : input.markIds);
      return {};
    },
    'marks.import': async (input) =>
      'path' in input
        ? importMarks(await open(), input.episodeId, resolve(input.path))
        : pasteMarks(await open(), input.episodeId, input.text),
  };
}
