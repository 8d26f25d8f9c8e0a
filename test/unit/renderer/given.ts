import type { Clip, ScorePart } from '../../../main/domain/clip.ts';
import type { Job } from '../../../main/domain/job.ts';
import type { Segment } from '../../../main/domain/transcript.ts';
import { createClient } from '../../../renderer/client/client.ts';
import { createStores } from '../../../renderer/stores/app.ts';
import type { Addresses } from '../../../renderer/stores/place.ts';
import type { FakeTransport } from './fakeTransport.ts';

export const givenJob = (job: Partial<Job>): Job => ({
  id: 1,
  kind: 'intake',
  lane: 'intake',
  state: 'processing',
  priority: 'normal',
  origin: 'person',
  pausedBecause: null,
  workerId: null,
  label: 'lamp.m4a',
  episodeId: null,
  stage: 'listen',
  order: { paths: ['/media/lamp.m4a'], transcriptPath: null },
  progress: 0.5,
  ratePerS: null,
  etaS: null,
  items: null,
  attempt: 1,
  maxAttempts: 3,
  crashes: 0,
  runAtMs: null,
  createdAtMs: 0,
  startedAtMs: 0,
  finishedAtMs: null,
  failure: null,
  result: null,
  ...job,
});

export const givenPart = (
  name: string,
  points: number,
  max: number,
  because: ScorePart['because'] = [],
): ScorePart => ({
  name,
  points,
  max,
  because,
});

export const givenClip = (clip: Partial<Clip>): Clip => ({
  id: 'clip-1',
  episodeId: 'ep-1',
  inS: 10,
  outS: 40,
  durationS: 30,
  score: 50,
  confidence: 'high',
  foundBy: 'words',
  reason: 'Because.',
  parts: [],
  title: 'A lamp',
  titles: [],
  text: '',
  speakers: [],
  scorerVersion: 'words-1',
  state: 'candidate',
  rank: 1,
  ...clip,
});

/** A sentence whose words are one second each. */
export function givenSegment(fromS: number, text: string, speaker?: string): Segment {
  const words = text
    .split(' ')
    .map((word, at) => ({ text: word, fromS: fromS + at, toS: fromS + at + 1, confidence: null }));
  return {
    ...(speaker === undefined ? {} : { speaker }),
    fromS,
    toS: fromS + words.length,
    text,
    words,
    timing: 'word',
  };
}

/** An address bar without a browser. */
export function givenAddresses(path = '/'): Addresses & { readonly seen: string[]; back(): void } {
  const seen = [path];
  const listeners: (() => void)[] = [];
  return {
    seen,
    read: () => seen.at(-1) ?? '/',
    push: (next) => seen.push(next),
    replace: (next) => seen.splice(-1, 1, next),
    onBack: (listener) => listeners.push(listener),
    back() {
      seen.pop();
      for (const listener of listeners) listener();
    },
  };
}

export function givenWindow(transport: FakeTransport, path = '/') {
  const client = createClient(transport);
  const addresses = givenAddresses(path);
  return { client, addresses, stores: createStores(client, addresses) };
}
