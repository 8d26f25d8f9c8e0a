import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { findTools } from '../../main/engine/media/tools.ts';
import { soundbite } from '../support/cli.ts';
import { converse, record, type Conversation, type Microphone } from '../support/conversation.ts';
import { temporaryFolder } from '../support/folder.ts';
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
});
