import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createCaller } from '../../main/api/dispatch.ts';
import { createHandlers } from '../../main/api/handlers.ts';
import type { Engine } from '../../main/engine/createEngine.ts';
import type { SpeechHost } from '../../main/engine/flows/context.ts';
import type { VoicesSetup } from '../../main/engine/transcripts/recogniser/protocol.ts';
import { findTools } from '../../main/engine/media/tools.ts';
import { soundbite } from '../support/cli.ts';
import {
  converse,
  record,
  type Conversation,
  type Microphone,
  type SpokenWord,
} from '../support/conversation.ts';
import { temporaryFolder } from '../support/folder.ts';
import { openHearing, untilIdle } from '../support/hearing.ts';
import { noDialogs } from '../support/words.ts';
import { writeMono } from '../support/wordEdges.ts';

const canSpeak = (process.env['PATH'] ?? '')
  .split(delimiter)
  .some((dir) => existsSync(join(dir, 'espeak-ng')));
const LONGEST_MS = 200_000;
const LINES = [
  'Anna: The ferry leaves at nine and nobody waits.',
  'Ben: Then we should have left before breakfast',
  'Anna: or never.',
  'Ben: Yes.',
  'Anna: My grandfather built that harbour with his own hands.',
  'Ben: He told me that the stones came from the old church',
  'Anna: which burned down in winter.',
  'Ben: Nobody knows who lit the candle.',
  'Anna: I do.',
  'Ben: Tell me everything, slowly, and leave nothing out.',
];

const folder = temporaryFolder();
const bundled = await findTools({ PATH: '' });
afterAll(() => {
  folder[Symbol.dispose]();
});

let talk: Conversation;
const transcript = folder.file('words.json');

/** As a recogniser writes it that tells nobody apart: sentences run over the change of speakers. */
async function writeTranscript({ words }: Conversation): Promise<void> {
  const sentences: (typeof words)[number][][] = [[]];
  for (const word of words) {
    sentences.at(-1)?.push(word);
    if (word.text.endsWith('.')) sentences.push([]);
  }
  const segments = sentences.flatMap((said) => {
    const [first] = said;
    return first === undefined
      ? []
      : [
          {
            start: first.fromS,
            end: said.at(-1)?.toS,
            text: said.map(({ text }) => text).join(' '),
            words: said.map(({ text, fromS, toS }) => ({
              word: text,
              start: fromS,
              end: toS,
              probability: 0.9,
            })),
          },
        ];
  });
  await writeFile(transcript, JSON.stringify({ language: 'en', segments }));
}

beforeAll(async () => {
  if (!canSpeak) return;
  talk = await converse([...LINES, ...LINES, ...LINES]);
  await writeTranscript(talk);
}, LONGEST_MS);

async function heardBy(name: string, microphone: Microphone, seed: number): Promise<string> {
  const path = folder.file(name);
  await writeMono(path, record(talk, microphone, seed));
  return path;
}

const Imported = z.object({
  episodes: z.tuple([z.looseObject({ id: z.string(), notes: z.array(z.string()) })]),
});
const Written = z.object({
  segments: z.array(
    z.object({
      speaker: z.string().optional(),
      startTime: z.number(),
      endTime: z.number(),
      body: z.string(),
    }),
  ),
});

async function importInto(home: string, args: readonly string[]) {
  const run = await soundbite(home, ['import', ...args, '--transcript', transcript, '--json']);
  const [episode] = Imported.parse(run.json()).episodes;
  const { stdout } = await soundbite(home, ['transcript', episode.id, '--format', 'json']);
  return { episode, segments: Written.parse(JSON.parse(stdout)).segments };
}

/** Who says each word of a transcript, word for word. */
const saidBy = (segments: z.infer<typeof Written>['segments']): string[] =>
  segments.flatMap(({ speaker = 'nobody', body }) => body.split(' ').map((word) => `${speaker}: ${word}`));
const truth = (names: Readonly<Record<string, string>> = {}): string[] =>
  talk.words.map(({ speaker, text }) => `${names[speaker] ?? speaker}: ${text}`);

describe.skipIf(!canSpeak)('speakers (needs espeak-ng)', () => {
  test(
    'are told by their microphones: every word has its speaker though each hears the other and one is set low',
    async () => {
      const anna = await heardBy('harbour-anna.wav', { speaker: 'Anna', gainDb: 0, leakDb: 15 }, 1);
      const ben = await heardBy('harbour-ben.wav', { speaker: 'Ben', gainDb: -10, leakDb: 15 }, 2);
      const { segments } = await importInto(folder.file('together'), [anna, ben, '--together']);
      expect(saidBy(segments)).toEqual(truth());
    },
    LONGEST_MS,
  );

  test(
    'are told by the tracks of one file beside their mix, and by nothing where the tracks are copies of one sound',
    async () => {
      const tracks = await Promise.all([
        heardBy('mix.wav', { speaker: undefined, gainDb: -3, leakDb: 0 }, 3),
        heardBy('one.wav', { speaker: 'Anna', gainDb: 0, leakDb: 25 }, 4),
        heardBy('two.wav', { speaker: 'Ben', gainDb: 0, leakDb: 25 }, 5),
      ]);
      const [mix, one, two] = tracks;
      const join3 = (paths: readonly string[], out: string): string => {
        execFileSync(bundled.ffmpeg, [
          ...['-nostdin', '-v', 'error', '-y', ...paths.flatMap((path) => ['-i', path])],
          ...paths.flatMap((_, at) => ['-map', String(at)]),
          ...['-c:a', 'flac', folder.file(out)],
        ]);
        return folder.file(out);
      };
      const home = folder.file('tracks');
      const mixed = await importInto(home, [join3([mix, one, two], 'mixed.mkv')]);
      expect(saidBy(mixed.segments)).toEqual(truth({ Anna: 'Track 2', Ben: 'Track 3' }));
      expect(mixed.episode.notes.join()).not.toContain('only its first track is heard');
      const copies = await importInto(home, [join3([mix, mix], 'copies.mkv')]);
      expect(new Set(copies.segments.map(({ speaker }) => speaker))).toEqual(new Set([undefined]));
      const bare = await importInto(home, [join3([one, two], 'bare.mkv')]);
      expect(bare.episode.notes.join()).toContain('only its first track is heard');
    },
    LONGEST_MS,
  );

  test(
    'are told by their voices where a model says whose turn it is: names that people gave stay when it is asked again',
    async () => {
      const path = await heardBy('room.wav', { speaker: undefined, gainDb: -3, leakDb: 0 }, 6);
      const voices: Voices = { turns: [] };
      const asked: VoicesSetup[] = [];
      await using bench = await openHearing(folder.file('voices'), {}, { spawn: voiceTeller(voices, asked) });
      const { engine } = bench;
      const call = createCaller(
        createHandlers(() => Promise.resolve(engine), noDialogs),
        () => undefined,
      );
      const { jobs } = await call('episodes.import', { paths: [path], transcriptPath: transcript });
      await untilIdle(engine);
      expect(jobs).toHaveLength(1);
      const episodeId = engine.episodes.list()[0]?.id ?? '';
      await expect(call('speakers.tell', { episodeId })).rejects.toMatchObject({
        code: 'SPEAKER_MODELS_MISSING',
      });
      await installSpeakerModels(engine);
      const named = (): string[] =>
        engine.segments
          .list(episodeId)
          .flatMap(({ speaker = 'nobody', words }) => words.map(({ text }) => `${speaker}: ${text}`));
      // Models hear a turn a little late and let go a little early.
      voices.turns = turnsOf(talk.words, 0.06);
      await call('speakers.tell', { episodeId, speakers: 2 });
      await untilIdle(engine);
      expect(asked).toMatchObject([
        { speakers: 2, segmentationPath: expect.stringMatching(/segmentation/u) as string },
      ]);
      expect(named()).toEqual(truth({ Anna: 'Speaker 1', Ben: 'Speaker 2' }));
      await call('transcript.edit', { episodeId, edit: { kind: 'speaker', from: 'Speaker 2', to: 'Ben' } });
      await call('speakers.tell', { episodeId });
      await untilIdle(engine);
      expect(asked[1]?.speakers).toBeNull();
      expect(named()).toEqual(truth({ Anna: 'Speaker 1' }));
    },
    LONGEST_MS,
  );
});

interface Voices {
  turns: { fromS: number; toS: number; voice: number }[];
}

/** Speaks the protocol of the child, with turns in place of the two models, which nobody may ship. */
const voiceTeller =
  (voices: Voices, asked: VoicesSetup[]): SpeechHost['spawn'] =>
  () => {
    let answer: (message: unknown) => void = () => undefined;
    return {
      pid: 1,
      post: ({ id, order }) => {
        if (order.kind !== 'tellVoices') throw new Error(`nobody asked for ${order.kind}`);
        asked.push(order.setup);
        setImmediate(() => {
          answer({ id, ok: true, value: voices });
        });
      },
      onMessage: (listener) => {
        answer = listener;
      },
      onExit: () => undefined,
      onComplaint: () => undefined,
      kill: () => undefined,
    };
  };

/** The turns of a conversation by voice, each cut short at both ends. */
function turnsOf(words: readonly SpokenWord[], shorterS: number): Voices['turns'] {
  const names = [...new Set(words.map(({ speaker }) => speaker))];
  const lines = Map.groupBy(words, ({ line }) => line);
  return [...lines.values()].map((line) => ({
    fromS: (line[0]?.fromS ?? 0) + shorterS,
    toS: (line.at(-1)?.toS ?? 0) - shorterS,
    voice: names.indexOf(line[0]?.speaker ?? '') + 4,
  }));
}

async function installSpeakerModels(engine: Engine): Promise<void> {
  const kinds = ['pyannote-segmentation', 'speaker-embedding'] as const;
  await engine.library.write(() => {
    for (const kind of kinds) {
      const files = [{ role: 'model' as const, name: 'model.onnx' }];
      const about = {
        name: kind,
        languages: ['*'],
        licence: 'none',
        memoryMb: null,
        writesPunctuation: false,
      };
      engine.speechModels.install(
        { description: { ...about, id: kind, engine: kind, files }, folder: `models/${kind}` },
        1,
      );
    }
  });
}
