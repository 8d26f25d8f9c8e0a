import type { feedbackCalls } from '../contract/feedback.ts';
import type { Engine } from '../engine/createEngine.ts';
import { feedbackOf, giveFeedback, undoDecision, type ClipFeedback } from '../engine/flows/feedback.ts';
import { asReviewed } from '../engine/flows/reviewedClips.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

export function feedbackHandlers(open: OpenEngine): HandlersOf<keyof typeof feedbackCalls> {
  return {
    'feedback.give': async (given) => {
      const engine = await open();
      return reviewed(engine, await giveFeedback(engine, given));
    },
    'feedback.undo': async ({ clipId }) => {
      const engine = await open();
      return reviewed(engine, await undoDecision(engine, clipId));
    },
    'feedback.list': async ({ clipId }) => {
      const engine = await open();
      return reviewed(engine, feedbackOf(engine, clipId));
    },
  };
}

/** The clip is told as it stands in its list. */
const reviewed = (engine: Engine, told: ClipFeedback): ClipFeedback => ({
  ...told,
  clip: asReviewed(engine, told.clip),
});
