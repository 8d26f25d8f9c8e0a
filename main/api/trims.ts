import type { trimCalls } from '../contract/trims.ts';
import { applyFix, explain, trimClip, undoTrim } from '../engine/flows/trims.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

export function trimHandlers(open: OpenEngine): HandlersOf<keyof typeof trimCalls> {
  return {
    'clips.explain': async ({ clipId }) => explain(await open(), clipId),
    'clips.applyFix': async ({ clipId, fix }) => applyFix(await open(), clipId, fix),
    'clips.trim': async ({ clipId, inS, outS, snap }) =>
      trimClip(await open(), clipId, { fromS: inS, toS: outS }, snap ?? true),
    'clips.undo': async ({ clipId }) => undoTrim(await open(), clipId),
  };
}
