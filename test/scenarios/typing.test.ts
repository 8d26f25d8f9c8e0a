import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Clip } from '../../main/domain/clip.ts';
import type { Segment } from '../../main/domain/transcript.ts';
import { importEpisodes } from '../../main/engine/flows/importEpisodes.ts';
import { importModel } from '../../main/engine/flows/keepModels.ts';
import { requestTranscription } from '../../main/engine/flows/requestTranscription.ts';
import { searchAgain } from '../../main/engine/flows/searchEpisode.ts';
import { setEditState, undoEdit } from '../../main/engine/flows/transcriptEdits.ts';
import { trimClip } from '../../main/engine/flows/trims.ts';
import { typeWords } from '../../main/engine/flows/typeWords.ts';
import { findTools } from '../../main/engine/media/tools.ts';
import { transcriptFromBytes } from '../../main/engine/transcripts/load.ts';
import { samplePath, sampleTranscriptPath, soundbite } from '../support/cli.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/folder.ts';
import { openHearing, untilIdle } from '../support/hearing.ts';
import { plainWord, toneModel, writeTones } from '../support/tones.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder[Symbol.dispose]();
});

const LENGTH_S = 150;

/** The first minutes of the sample without the words that lie beside it and inside it. */
async function wordlessSample(): Promise<string> {
  const { ffmpeg } = await findTools();
  const path = folder.file('lamp.m4a');
  const only = ['-map', '0:a', '-map_metadata', '-1', '-map_chapters', '-1', '-c:a', 'copy'];
  await promisify(execFile)(ffmpeg, [
    ...['-nostdin', '-v', 'error', '-t', String(LENGTH_S), '-i', samplePath],
    ...[...only, path],
  ]);
  return path;
}

const sampleSentences = (): readonly Segment[] =>
  transcriptFromBytes(readFileSync(sampleTranscriptPath), 'lamp.vtt', {}).segments;

const isInside =
  ({ inS, outS }: Pick<Clip, 'inS' | 'outS'>) =>
  ({ fromS, toS }: Segment): boolean =>
    (fromS + toS) / 2 > inS && (fromS + toS) / 2 < outS;

test(
  'the words of one clip are typed at the command line, and its captions, the files beside it and its score follow',
  { timeout: 240_000 },
  async () => {
    const home = folder.file('library');
    const out = folder.file('out');
    const run = async (...args: string[]) => {
      const ran = await soundbite(home, [...args, '--json']);
      expect(ran.code, ran.stderr).toBe(0);
      return ran.json();
    };
    const { episodes } = (await run('import', await wordlessSample())) as { episodes: { id: string }[] };
    const list = async () =>
      ((await run('clips', episodes[0]?.id ?? '')) as { clips: (Clip & { id: string })[] }).clips;
    const before = await list();
    const said = sampleSentences();
    const clip = before.find((one) => said.filter(isInside(one)).length >= 2);
    if (clip === undefined) throw new Error('no clip of two sentences was found by ear');
    const sentences = said.filter(isInside(clip));
    const text = sentences.map((sentence) => sentence.text).join(' ');

    const typed = (await run('transcript', 'type', clip.id, '--text', text)) as {
      clip: Clip;
      typed: { words: number; speechS: number; coveredS: number };
    };
    expect(typed.clip).toMatchObject({ inS: clip.inS, outS: clip.outS, foundBy: 'words', text });
    const total = typed.clip.parts.reduce((sum, part) => sum + part.points, 0);
    expect(Math.min(100, Math.max(0, total))).toBeCloseTo(typed.clip.score, 6);
    expect(typed.clip.parts.map(({ name }) => name)).toContain('hook');
    expect(typed.typed.words).toBe(text.split(' ').length);
    const others = (clips: readonly Clip[]) =>
      clips.filter(({ id }) => id !== clip.id).map(({ id, inS, outS, score }) => ({ id, inS, outS, score }));
    expect(others(await list())).toEqual(others(before));

    const exported = (await run('export', clip.id, '--preset', 'square', '--out', out)) as {
      exports: { proof: { passed: boolean; checks: { name: string; passed: boolean }[] } }[];
    };
    const [file] = exported.exports;
    expect(file?.proof.checks).toContainEqual(
      expect.objectContaining({ name: 'captions-in-safe-box', passed: true }),
    );
    const srt = readdirSync(out).find((name) => name.endsWith('.srt')) ?? 'no subtitles';
    expect(readFileSync(join(out, srt), 'utf8').replaceAll(/\s+/gu, ' ')).toContain(
      text.split(' ').slice(0, 4).join(' '),
    );

    await run('edit', 'undo', clip.episodeId);
    // An export keeps its clip.
    expect((await list()).map((one) => ({ ...one, state: 'candidate', seenBefore: [] }))).toEqual(before);
    await run('edit', 'redo', clip.episodeId);
    expect((await list()).find(({ id }) => id === clip.id)?.text).toBe(text);
    expect((await soundbite(home, ['transcript', 'type', clip.id])).code).toBe(2);
  },
);

test(
  'sentences that are typed begin within a second of where they are spoken',
  { timeout: 60_000 },
  async () => {
    await using bench = await openHearing(folder.file('library'));
    const { engine } = bench;
    const request = { transcriptPath: null, title: null, together: false, atLeast: 8 };
    await importEpisodes(engine.queue, { paths: [await wordlessSample()], ...request });
    await untilIdle(engine);
    const [episode] = engine.episodes.list();
    const said = sampleSentences();
    const off: number[] = [];
    for (const clip of engine.clips.list(episode?.id ?? '')) {
      // Only clips that begin and end with sentences: what is spoken in them is what is typed.
      const inside = said.filter(isInside(clip));
      const [first, last] = [inside[0], inside.at(-1)];
      if (first === undefined || last === undefined) continue;
      if (Math.abs(first.fromS - clip.inS) > 0.8 || Math.abs(last.toS - clip.outS) > 0.8) continue;
      const { typed } = await typeWords(engine, clip.id, inside.map(({ text }) => text).join(' '));
      expect(typed.sentences.map(({ text }) => text)).toEqual(inside.map(({ text }) => text));
      off.push(...typed.sentences.map(({ fromS }, index) => Math.abs(fromS - (inside[index]?.fromS ?? 0))));
    }
    // What was typed for one clip is taken back without what was typed for the others.
    const typed = engine.transcriptEdits.list(episode?.id ?? '');
    await setEditState(engine, episode?.id ?? '', typed[0]?.id ?? 0, 'reverted');
    const kinds = engine.clips.list(episode?.id ?? '').map(({ foundBy }) => foundBy);
    expect(kinds.filter((kind) => kind === 'words')).toHaveLength(typed.length - 1);
    expect(off.length).toBeGreaterThanOrEqual(4);
    expect(Math.max(...off)).toBeLessThan(1);
  },
);

test(
  'typed words outlive a search, a trim and a recognition of the whole episode, and undo brings back what was heard',
  { timeout: 60_000 },
  async () => {
    await using bench = await openHearing(folder.file('library'));
    const { engine } = bench;
    const path = folder.file('tones.wav');
    const tones = writeTones(path, { durationS: 90, seed: 8 });
    const request = { transcriptPath: null, title: null, together: false, atLeast: null };
    await importEpisodes(engine.queue, { paths: [path], ...request });
    await untilIdle(engine);
    const id = engine.episodes.list()[0]?.id ?? '';
    const [clip] = engine.clips.list(id);
    if (clip === undefined) throw new Error('nothing was found by ear');
    const spoken = tones.filter(
      ({ fromS, toS }) => (fromS + toS) / 2 >= clip.inS && (fromS + toS) / 2 < clip.outS,
    );
    // As it is spoken, but for one word that a recogniser cannot know.
    const words = spoken.map(({ text }, index) => (index === 3 ? 'Zanzibar' : text));
    await typeWords(engine, clip.id, words.join(' '));
    expect(engine.episodes.get(id)?.episode.transcriptSource).toBeNull();

    await searchAgain(engine, id);
    const found = engine.clips.get(clip.id);
    expect(found).toMatchObject({ foundBy: 'words', text: expect.stringContaining('Zanzibar') as string });
    await trimClip(engine, clip.id, { fromS: clip.inS, toS: clip.outS }, false);
    expect(engine.clips.get(clip.id)?.text).toContain('Zanzibar');

    await importModel(engine, toneModel);
    await requestTranscription(engine, { episodeId: id });
    await untilIdle(engine);
    const heard = engine.segments.list(id).flatMap((segment) => segment.words);
    expect(heard.map(({ text }) => plainWord(text))).toEqual(
      tones.map((tone) => (tone === spoken[3] ? 'zanzibar' : tone.text)),
    );
    const off = heard.map(({ fromS }, index) => Math.abs(fromS - (tones[index]?.fromS ?? 0)));
    expect(Math.max(...off)).toBeLessThan(0.08);

    await undoEdit(engine, id);
    const asHeard = engine.segments.list(id).flatMap((segment) => segment.words);
    expect(asHeard.map(({ text }) => plainWord(text))).toEqual(tones.map(({ text }) => text));
  },
);
