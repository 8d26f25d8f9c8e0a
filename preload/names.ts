import type { CallName, EventName } from '../main/contract/index.ts';

/**
 * What a page may call and hear, one by one. The compiler holds both lists to the contract; the contract itself stays out
 * of the bundle, because its schemas are half a megabyte that every window would wait for.
 */
const CALLS: Readonly<Record<CallName, true>> = {
  'episodes.import': true,
  'episodes.groupMicrophones': true,
  'episodes.importSample': true,
  'episodes.overview': true,
  'episodes.open': true,
  'episodes.words': true,
  'episodes.waveform': true,
  'episodes.list': true,
  'episodes.get': true,
  'clips.list': true,
  'clips.decide': true,
  'clips.find': true,
  'exports.checkFolder': true,
  'exports.create': true,
  'exports.get': true,
  'exports.list': true,
  'queue.status': true,
  'queue.pause': true,
  'queue.resume': true,
  'jobs.get': true,
  'jobs.pause': true,
  'jobs.resume': true,
  'jobs.retry': true,
  'jobs.cancel': true,
  'jobs.settled': true,
  'host.describe': true,
  'host.pickMedia': true,
  'host.pickFolder': true,
  'host.revealExport': true,
  'host.dragExport': true,
  'host.trashExport': true,
  'host.listFolder': true,
  'window.recall': true,
  'window.remember': true,
  'transcript.edit': true,
  'transcript.preview': true,
  'transcript.replace': true,
  'transcript.export': true,
  'transcript.undo': true,
  'transcript.redo': true,
  'transcript.setEdit': true,
  'transcript.edits': true,
  'names.list': true,
  'names.add': true,
  'names.remove': true,
  'names.apply': true,
  'episodes.replaceMedia': true,
};
const EVENTS: Readonly<Record<EventName, true>> = {
  'jobs.changed': true,
  'episodes.changed': true,
};

export const isCall = (name: string): name is CallName => Object.hasOwn(CALLS, name);
export const isEvent = (name: string): name is EventName => Object.hasOwn(EVENTS, name);
