import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { EditOutcome } from '../../main/contract/transcript.ts';
import { samplePath, sampleTranscriptPath, soundbite } from '../support/cli.ts';
import { ErrorDocument } from '../support/clipDocument.ts';
import { temporaryFolder } from '../support/folder.ts';

const folder = temporaryFolder();
const home = folder.file('home');
afterAll(() => {
  folder[Symbol.dispose]();
});

const Imported = z.object({ episodes: z.tuple([z.looseObject({ id: z.string() })]) });
const Clips = z.object({
  clips: z.array(z.looseObject({ id: z.string(), text: z.string(), score: z.number(), inS: z.number() })),
});
const Written = z.object({ text: z.string() });

test('words, sentences and speakers are changed on the command line: score, text and captions follow, and undo brings all back', async () => {
  const imported = await soundbite(home, [
    'import',
    samplePath,
    '--transcript',
    sampleTranscriptPath,
    '--json',
  ]);
  const [{ id: episodeId }] = Imported.parse(imported.json()).episodes;
  const clips = async () => Clips.parse((await soundbite(home, ['clips', episodeId, '--json'])).json()).clips;
  const edit = async (...args: string[]) => {
    const [what = '', ...rest] = args;
    return EditOutcome.parse((await soundbite(home, ['edit', what, episodeId, ...rest, '--json'])).json());
  };
  const before = await clips();
  const best = before.find(({ text }) => text.startsWith('Most of the things that people throw away'));
  expect(best).toBeDefined();
  const again = async () => (await clips()).find(({ id }) => id === best?.id);
  const captions = async () =>
    Written.parse((await soundbite(home, ['transcript', best?.id ?? '', '-f', 'srt', '--json'])).json()).text;

  const changed = await edit('words', '2:14', 'Hardly anything of it matters to anyone.');
  expect(changed.rescored).toContain(best?.id);
  expect((await again())?.text).toMatch(/^Hardly anything of it matters to anyone\./u);
  expect((await again())?.score).not.toBe(best?.score);
  expect(await captions()).toContain('Hardly anything of it');

  await edit('merge', '2:14');
  await edit('split', '2:14', '5');
  await edit('speaker', 'Ruth Amberley', 'Ruth');
  expect(await captions()).toMatch(/Ruth: Hardly/u);
  await edit('replace', 'screwdriver', 'spanner');
  expect((await again())?.text).toContain('Give me a spanner');
  const listed = await soundbite(home, ['edit', 'list', episodeId]);
  expect(listed.stdout).toMatch(/a sentence begins with “matters/u);
  for (let step = 0; step < 5; step += 1) await edit('undo');
  expect(await clips()).toEqual(before);
  const nothing = await soundbite(home, ['edit', 'undo', episodeId, '--json']);
  expect(ErrorDocument.parse(nothing.json()).error.code).toBe('NOTHING_TO_UNDO');
}, 120_000);
