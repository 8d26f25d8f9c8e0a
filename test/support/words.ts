import type { Segment } from '../../main/domain/transcript.ts';
import type { MediaFacts } from '../../main/domain/episode.ts';
import { newShow } from '../../main/domain/show.ts';
import { createCaller, type Caller } from '../../main/api/dispatch.ts';
import { createHandlers } from '../../main/api/handlers.ts';
import type { Host } from '../../main/api/host.ts';
import { createEngine, type Engine } from '../../main/engine/createEngine.ts';
import { placeTranscript } from '../../main/engine/flows/placeTranscript.ts';
import { tokenise } from '../../main/engine/transcripts/words.ts';
import { temporaryFolder } from './folder.ts';

/** A sentence whose words last 0.4 s each with 0.1 s between them. */
export function sentence(text: string, fromS: number, speaker?: string): Segment {
  const words = tokenise(text).map((token, index) => ({
    text: token.text,
    fromS: Math.round((fromS + index * 0.5) * 1000) / 1000,
    toS: Math.round((fromS + index * 0.5 + 0.4) * 1000) / 1000,
    confidence: 0.9,
  }));
  return {
    ...(speaker === undefined ? {} : { speaker }),
    fromS,
    toS: words.at(-1)?.toS ?? fromS,
    text,
    words,
    timing: 'word',
  };
}

/** Sentences one after the other with pauses of half a second. */
export function spoken(lines: readonly (readonly [speaker: string, text: string])[]): Segment[] {
  let nowS = 0;
  return lines.map(([speaker, text]) => {
    const segment = sentence(text, nowS, speaker);
    nowS = Math.round((segment.toS + 0.5) * 1000) / 1000;
    return segment;
  });
}

const facts = (durationS: number): MediaFacts => ({
  format: 'mp3',
  durationS,
  sizeBytes: 1000,
  audio: [{ index: 0, codec: 'mp3', sampleRateHz: 44_100, channels: 2, channelLayout: 'stereo' }],
  video: null,
  coverIndex: null,
  subtitleIndexes: [],
  tags: {},
  warnings: [],
});

export const noDialogs: Host = {
  kind: 'cli',
  hasNativeDialogs: false,
  pickMedia: () => Promise.reject(new Error('no dialogs')),
  pickFolder: () => Promise.reject(new Error('no dialogs')),
  reveal: () => Promise.reject(new Error('no folders')),
};

/** A real library with one episode of a transcript in it, and the calls a window would make; opens again on demand. */
export async function openEpisode(segments: readonly Segment[]) {
  const place = temporaryFolder();
  const open = (): Promise<Engine> =>
    createEngine({
      env: { ...process.env, SOUNDBITE_HOME: place.file('home') },
      resourcesDir: 'resources',
      works: false,
      onNotice: () => undefined,
      onBug: (error) => {
        throw error;
      },
    });
  let engine = await open();
  const caller = (): Caller =>
    createCaller(
      createHandlers(() => Promise.resolve(engine), noDialogs),
      () => undefined,
    );
  const durationS = (segments.at(-1)?.toS ?? 0) + 5;
  engine.shows.add(newShow('show-1', 'Still Works'));
  await engine.library.write(() => {
    engine.episodes.addOrRelink({
      id: 'ep-1',
      showId: 'show-1',
      title: 'The lamp',
      path: place.file('lamp.mp3'),
      fingerprint: 'f1',
      modifiedAtMs: 5,
      facts: facts(durationS),
      importedAtMs: 9,
    });
    placeTranscript(engine, 'ep-1', segments, 10);
    engine.episodes.setTranscript('ep-1', { source: 'given', digest: null, language: 'en' });
    engine.episodes.setState('ep-1', 'ready');
  });
  return {
    place,
    get engine() {
      return engine;
    },
    call: ((name, input) => caller()(name, input)) as Caller,
    texts: () => engine.segments.list('ep-1').map((segment) => segment.text),
    async restart() {
      await engine.close();
      engine = await open();
    },
    async [Symbol.asyncDispose]() {
      await engine.close();
      place[Symbol.dispose]();
    },
  };
}
