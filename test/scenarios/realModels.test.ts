import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { importEpisodes } from '../../main/engine/flows/importEpisodes.ts';
import { importModel } from '../../main/engine/flows/keepModels.ts';
import { temporaryFolder } from '../support/folder.ts';
import { openHearing, untilIdle } from '../support/hearing.ts';

const data = process.env['SOUNDBITE_TEST_DATA'] ?? '';
const models = process.env['SOUNDBITE_TEST_MODELS'] ?? '';
const folders = models !== '' && existsSync(models) ? readdirSync(models) : [];
const whyNot =
  folders.length > 0 && existsSync(join(data, 'audio'))
    ? ''
    : ' (not run: SOUNDBITE_TEST_MODELS names no folder of speech models, or SOUNDBITE_TEST_DATA no recordings)';

const JFK =
  'and so my fellow americans ask not what your country can do for you ask what you can do for your country';
const RECORDINGS: readonly { readonly name: string; readonly text: () => string }[] = [
  { name: 'jfk.wav', text: () => JFK },
  ...['001', '002', '003'].map((number) => ({
    name: `librivox_sonnet${number}.mp3`,
    text: () =>
      readFileSync(join(data, 'audio', `librivox_sonnet${number}.xhtml`), 'utf8')
        .replace(/^[\s\S]*<body[^>]*>/u, '')
        .replace(/<[^>]*>/gu, ' '),
  })),
];

const plain = (text: string): string[] =>
  text
    .toLowerCase()
    .replace(/[’']/gu, "'")
    .split(/[^\p{L}\p{N}']+/u)
    .filter((word) => word !== '');

/** Word error rate: the least changes of words (Levenshtein) for each word that was said. */
function wordErrorRate(said: readonly string[], heard: readonly string[]): number {
  let row = heard.map((_, index) => index + 1);
  said.forEach((word, at) => {
    let diagonal = at;
    let left = at + 1;
    row = row.map((above, index) => {
      const cost = word === heard[index] ? 0 : 1;
      left = Math.min(above + 1, left + 1, diagonal + cost);
      diagonal = above;
      return left;
    });
  });
  return (row.at(-1) ?? said.length) / said.length;
}

const folder = temporaryFolder();
afterAll(() => {
  folder[Symbol.dispose]();
});

test('the word error rate counts what was wrong, missing and added', () => {
  expect(wordErrorRate(plain('a b c d'), plain('a x c'))).toBe(0.5);
  expect(wordErrorRate(plain('a b'), plain('A, b!'))).toBe(0);
});

describe.skipIf(whyNot !== '')(`real models on real voices${whyNot}`, () => {
  test.for(folders.length > 0 ? folders : ['a model'])(
    '%s hears most of the words',
    { timeout: 1_800_000 },
    async (name) => {
      await using bench = await openHearing(folder.file(name));
      const { engine } = bench;
      const model = await importModel(engine, join(models, name));
      const paths = RECORDINGS.map((recording) => join(data, 'audio', recording.name));
      const request = { transcriptPath: null, title: null, together: false, atLeast: null };
      await importEpisodes(engine.queue, { paths, ...request });
      await untilIdle(engine);
      for (const episode of engine.episodes.list()) {
        const recording = RECORDINGS.find((each) => episode.path.endsWith(each.name));
        const heard = engine.segments.list(episode.id).flatMap(({ text }) => plain(text));
        const rate = wordErrorRate(plain(recording?.text() ?? ''), heard);
        process.stdout.write(
          `${name}, ${recording?.name ?? ''}: word error rate ${(rate * 100).toFixed(1)} %\n`,
        );
        expect(rate).toBeLessThan(0.5);
      }
      process.stdout.write(
        `${name}: real-time factor ${model.benchmark?.realTimeFactor.toFixed(3) ?? '?'}\n`,
      );
    },
  );
});
