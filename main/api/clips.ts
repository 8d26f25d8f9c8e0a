import { resolve } from 'node:path';
import type { clipCalls } from '../contract/clips.ts';
import { AppError } from '../domain/errors.ts';
import { decide } from '../engine/flows/decide.ts';
import { clipFromRange, letClipGo } from '../engine/flows/clipFromRange.ts';
import { findInFile } from '../engine/flows/findInFile.ts';
import { asReviewed, listReviewed } from '../engine/flows/reviewedClips.ts';
import { withMemory } from '../engine/flows/showMemory.ts';
import { setTitle } from '../engine/flows/titles.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

export function clipHandlers(open: OpenEngine): HandlersOf<keyof typeof clipCalls> {
  return {
    'clips.list': async ({ episodeId, limit }) => {
      const engine = await open();
      if (engine.episodes.get(episodeId) === undefined) {
        throw new AppError('NOT_FOUND', `there is no episode ${episodeId}`);
      }
      return withMemory(engine, episodeId, listReviewed(engine, episodeId).slice(0, limit));
    },
    'clips.decide': async ({ clipId, decision }) => {
      const engine = await open();
      return asReviewed(engine, await decide(engine, clipId, decision));
    },
    'clips.fromRange': async ({ episodeId, range }) => clipFromRange(await open(), episodeId, range),
    'clips.letGo': async ({ clipId }) => {
      await letClipGo(await open(), clipId);
      return {};
    },
    'clips.setTitle': async ({ clipId, title }) => {
      const engine = await open();
      return asReviewed(engine, await setTitle(engine, clipId, title));
    },
    'clips.find': (input) =>
      findInFile({
        ...input,
        transcriptPath: resolve(input.transcriptPath),
        ...(input.mediaPath === undefined ? {} : { mediaPath: resolve(input.mediaPath) }),
      }),
  };
}
