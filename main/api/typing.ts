import type { typingCalls } from '../contract/typing.ts';
import { layOutTyping, typeWords } from '../engine/flows/typeWords.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

export function typingHandlers(open: OpenEngine): HandlersOf<keyof typeof typingCalls> {
  return {
    'typing.layOut': async ({ clipId, text }) => layOutTyping(await open(), clipId, text),
    'typing.apply': async ({ clipId, text }) => typeWords(await open(), clipId, text),
  };
}
