import type { trimCalls } from '../contract/trims.ts';
import { asReviewed } from '../engine/flows/reviewedClips.ts';
import { applyFix, explain, trimClip, undoTrim } from '../engine/flows/trims.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

export function trimHandlers(open: OpenEngine): HandlersOf<keyof typeof trimCalls> {
  return {
    'clips.explain': async ({ clipId }) => {
      const engine = await open();
      const explained = await explain(engine, clipId);
      return { ...explained, clip: asReviewed(engine, explained.clip) };
    },
    'clips.applyFix': async ({ clipId, fix }) => {
      const engine = await open();
      return asReviewed(engine, await applyFix(engine, clipId, fix));
    },
    'clips.trim': async ({ clipId, inS, outS, snap }) => {
      const engine = await open();
      return asReviewed(engine, await trimClip(engine, clipId, { fromS: inS, toS: outS }, snap ?? true));
    },
    'clips.undo': async ({ clipId }) => {
      const engine = await open();
      return asReviewed(engine, await undoTrim(engine, clipId));
    },
  };
}
