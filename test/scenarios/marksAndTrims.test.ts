import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Clip } from '../../main/domain/clip.ts';
import { Fix } from '../../main/domain/fix.ts';
import { samplePath, sampleTranscriptPath, soundbite } from '../support/cli.ts';
import { temporaryFolder } from '../support/folder.ts';

const folder = temporaryFolder();
const home = folder.file('home');
afterAll(() => {
  folder[Symbol.dispose]();
});

const Imported = z.object({ episodes: z.tuple([z.object({ id: z.string() })]) });
const Listed = z.object({ clips: z.array(Clip) });
const Explained = z.object({
  clip: Clip,
  sentences: z.array(z.object({ fromS: z.number() })),
  fixes: z.array(Fix),
});
const Recut = z.object({ clip: Clip, gain: z.number() });

let episodeId = '';
async function run(...args: string[]): Promise<unknown> {
  const ended = await soundbite(home, [...args, '--json']);
  expect(ended.code, ended.stderr).toBe(0);
  return ended.json();
}
const clipsOf = async (): Promise<Clip[]> => Listed.parse(await run('clips', episodeId)).clips;
const firstClip = async (): Promise<Clip> => Clip.parse((await clipsOf())[0]);

beforeAll(async () => {
  const imported = await run('import', samplePath, '--transcript', sampleTranscriptPath);
  episodeId = Imported.parse(imported).episodes[0].id;
});

describe('a clip that was cut badly', () => {
  test('is offered the question that it answers; the offer is worth what applying it gives, and everything can be taken back', async () => {
    const before = await clipsOf();
    const best = before.find(({ text }) => /^[^.!?]*\?/u.test(text));
    const whole = Explained.parse(await run('explain', best?.id ?? ''));
    const answerS = whole.sentences[1]?.fromS ?? NaN;
    const trimmed = Recut.parse(await run('trim', best?.id ?? '', String(answerS), String(best?.outS)));
    expect(trimmed.clip.state).toBe('trimmed');
    expect(trimmed.gain).toBeLessThan(0);
    const { fixes } = Explained.parse(await run('explain', trimmed.clip.id));
    expect(fixes[0]?.kind).toBe('startAtQuestion');
    const fixed = Recut.parse(await run('fix', trimmed.clip.id, '1'));
    expect(fixed.gain).toBeCloseTo(fixes[0]?.worth ?? NaN, 5);
    expect(fixed.clip.text).toBe(best?.text);
    await run('undo', trimmed.clip.id);
    await run('undo', trimmed.clip.id);
    expect(await clipsOf()).toEqual(before);
    const third = await soundbite(home, ['undo', trimmed.clip.id]);
    expect(third.code).toBe(2);
    expect(third.stderr).toContain('nothing to take back');
  });
});

describe('marks', () => {
  test('from a file come before every other clip, with their notes, and one after the end is left aside with a sentence', async () => {
    await writeFile(
      folder.file('notes.txt'),
      '1:50 the caretaker’s radio\n2:20-2:40 the bear\n34:12 the lawsuit\n',
    );
    const ended = await soundbite(home, ['marks', 'import', episodeId, folder.file('notes.txt')]);
    expect(ended.stderr).toContain('1 of 3 marks lie after the end of the episode');
    const clips = await clipsOf();
    expect(clips.slice(0, 2)).toMatchObject([
      { foundBy: 'mark', rank: 1, title: 'the caretaker’s radio' },
      { foundBy: 'mark', rank: 2, title: 'the bear' },
    ]);
    expect(clips.slice(2).every(({ foundBy }) => foundBy === 'words')).toBe(true);
    expect(clips[0]?.inS).toBeLessThan(110);
    expect(clips[0]?.outS).toBeGreaterThan(110);
  });

  test('survive a new search, once each, and their trims with them', async () => {
    const marked = await firstClip();
    const trimmed = Recut.parse(await run('trim', marked.id, String(marked.inS), String(marked.outS - 8)));
    await run('import', samplePath, '--transcript', sampleTranscriptPath);
    const clips = await clipsOf();
    const same = clips.filter(({ title }) => title === marked.title);
    expect(same).toMatchObject([
      { id: marked.id, state: 'trimmed', foundBy: 'mark', outS: trimmed.clip.outS },
    ]);
    expect(clips.filter(({ title }) => title === 'the bear')).toHaveLength(1);
  });

  test('go, when removed, with the clips that nobody decided on', async () => {
    await run('mark', episodeId, '5:20', 'the beer mat');
    const listed = z.array(z.object({ id: z.int(), note: z.string() }));
    const { marks } = z.object({ marks: listed }).parse(await run('marks', 'list', episodeId));
    expect(marks.map(({ note }) => note)).toEqual(['the caretaker’s radio', 'the bear', 'the beer mat']);
    await run('marks', 'remove', ...marks.map(({ id }) => String(id)));
    const left = (await clipsOf()).filter(({ foundBy }) => foundBy === 'mark');
    expect(left.map(({ title }) => title)).toEqual(['the caretaker’s radio']);
  });

  test('that cannot be read are refused with the line and the way out', async () => {
    await writeFile(folder.file('broken.txt'), '1:50 fine\nno time here\n');
    const ended = await soundbite(home, ['marks', 'import', episodeId, folder.file('broken.txt'), '--json']);
    expect(ended.code).toBe(1);
    expect(ended.json()).toMatchObject({
      error: {
        code: 'MARKS_UNREADABLE',
        detail: expect.stringMatching(/^Line 2: “no time here”/u) as string,
      },
    });
  });
});
