import type { feedbackCalls } from '../contract/feedback.ts';
import { feedbackOf, giveFeedback, undoDecision } from '../engine/flows/feedback.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

export function feedbackHandlers(open: OpenEngine): HandlersOf<keyof typeof feedbackCalls> {
  return {
    'feedback.give': async (given) => giveFeedback(await open(), given),
    'feedback.undo': async ({ clipId }) => undoDecision(await open(), clipId),
    'feedback.list': async ({ clipId }) => feedbackOf(await open(), clipId),
  };
}
