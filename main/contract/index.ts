import { z } from 'zod';
import type { WireError } from '../domain/errors.ts';
import { Job } from '../domain/job.ts';
import { bleepCalls } from './bleeps.ts';
import { batchCalls } from './batch.ts';
import { clipCalls } from './clips.ts';
import { episodeCalls } from './episodes.ts';
import { exportCalls } from './exports.ts';
import { feedbackCalls } from './feedback.ts';
import { hostCalls } from './host.ts';
import { interchangeCalls } from './interchange.ts';
import { layoutCalls } from './layouts.ts';
import { lineCalls } from './lines.ts';
import { markCalls } from './marks.ts';
import { queueCalls } from './queue.ts';
import { trimCalls } from './trims.ts';
import { profileCalls } from './profile.ts';
import { learningCalls } from './learning.ts';
import { offLimitsCalls } from './offLimits.ts';
import { storageCalls } from './storage.ts';
import { searchCalls } from './search.ts';
import { nameCalls } from './names.ts';
import { transcriptCalls } from './transcript.ts';
import { typingCalls } from './typing.ts';
import { settingCalls } from './settings.ts';
import { modelCalls } from './models.ts';
import { recognitionCalls } from './recognition.ts';
import { speakerCalls } from './speakers.ts';
import { versionCalls } from './versions.ts';
import { reviewerCalls } from './reviewer.ts';
import { windowCalls } from './window.ts';

/** Every call that crosses a process. */
export const calls = {
  ...episodeCalls,
  ...clipCalls,
  ...trimCalls,
  ...markCalls,
  ...layoutCalls,
  ...interchangeCalls,
  ...lineCalls,
  ...exportCalls,
  ...feedbackCalls,
  ...learningCalls,
  ...profileCalls,
  ...offLimitsCalls,
  ...searchCalls,
  ...modelCalls,
  ...recognitionCalls,
  ...speakerCalls,
  ...queueCalls,
  ...hostCalls,
  ...windowCalls,
  ...storageCalls,
  ...transcriptCalls,
  ...nameCalls,
  ...versionCalls,
  ...typingCalls,
  ...settingCalls,
  ...bleepCalls,
  ...reviewerCalls,
  ...batchCalls,
};
export type Calls = typeof calls;
export type CallName = keyof Calls;
export type Input<C extends CallName> = z.input<Calls[C]['input']>;
export type Output<C extends CallName> = z.output<Calls[C]['output']>;

/** Every event that crosses a process: facts in the past tense. */
export const events = {
  'jobs.changed': Job,
  'episodes.changed': z.object({ episodeId: z.string() }),
  /** Pauses, the production lock, or many jobs at once: read the status again. */
  'queue.changed': z.object({}),
  /** One line about something that happened by itself. */
  'notice.given': z.object({ text: z.string(), atMs: z.int() }),
};
export type Events = typeof events;
export type EventName = keyof Events;
export type EventPayload<E extends EventName> = z.output<Events[E]>;

/** The answer to a call; an error is a value because thrown ones lose their fields between processes. */
export type Reply<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: WireError };

export const isCallName = (name: string): name is CallName => Object.hasOwn(calls, name);
