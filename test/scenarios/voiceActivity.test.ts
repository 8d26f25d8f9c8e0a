import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { overlapS, type TimeRange } from '../../main/domain/time.ts';
import { analyse, readLevels } from '../../main/engine/media/analyse.ts';
import { judge } from '../../main/engine/media/judge.ts';
import { mapSpeech } from '../../main/engine/media/speechMap.ts';
import { findTools } from '../../main/engine/media/tools.ts';
import { cutChunks } from '../../main/engine/transcripts/recogniser/chunks.ts';
import { findSpeech } from '../../main/engine/transcripts/recogniser/recogniser.ts';
import { spawnNodeChild } from '../../main/engine/transcripts/recogniser/recogniserProcess.ts';
import { endWithSound } from '../../main/engine/transcripts/recogniser/voiceEnds.ts';
import { temporaryFolder } from '../support/folder.ts';

const data = process.env['SOUNDBITE_TEST_DATA'] ?? '';
const silero = join(data, 'models/silero_vad.onnx');
const whyNot = existsSync(silero)
  ? ''
  : ' (not run: SOUNDBITE_TEST_DATA names no folder with models/silero_vad.onnx)';
const RECORDINGS = ['jfk.wav', 'librivox_sonnet001.mp3', 'librivox_sonnet002.mp3', 'librivox_sonnet003.mp3'];

const folder = temporaryFolder();
let folders = 0;
afterAll(() => {
  folder[Symbol.dispose]();
});

async function listenTo(name: string) {
  const outDir = folder.file(`${(folders += 1)}`);
  mkdirSync(outDir);
  const tools = await findTools();
  const path = join(data, 'audio', name);
  const { audio, durationS } = await judge(tools, path, { cwd: outDir });
  const [stream] = audio;
  if (stream === undefined) throw new Error(`${name} has no sound`);
  const { wavPath, levelsPath } = await analyse(tools, { path, audio: stream, durationS, outDir });
  const levels = await readLevels(levelsPath);
  const sound = mapSpeech(levels).speech;
  const speech = endWithSound(await findSpeech(spawnNodeChild, wavPath, silero), sound);
  return { durationS, levels, sound, speech };
}

const nearest = (wanted: number, among: readonly number[]): number =>
  Math.min(...among.map((each) => Math.abs(each - wanted)));

describe.skipIf(whyNot !== '')(`real voices, as Silero hears them${whyNot}`, () => {
  test.for(RECORDINGS)('%s: speech begins and ends within 0.2 s of its sound', async (name) => {
    const { sound, speech } = await listenTo(name);
    const begins = sound.map(({ fromS }) => fromS);
    const ends = sound.map(({ toS }) => toS);
    expect(speech.length).toBeGreaterThan(3);
    for (const { fromS, toS } of speech) {
      expect(nearest(fromS, begins)).toBeLessThan(0.2);
      expect(nearest(toS, ends)).toBeLessThan(0.2);
    }
    const heard = (ranges: readonly TimeRange[]): number =>
      sound.reduce((sum, range) => sum + ranges.reduce((all, each) => all + overlapS(range, each), 0), 0);
    expect(heard(speech) / heard(sound)).toBeGreaterThan(0.95);
  });

  test.for(RECORDINGS)('%s: no border of a piece lies inside speech', async (name) => {
    const { durationS, levels, speech } = await listenTo(name);
    const borders = cutChunks(speech, levels, durationS).flatMap(({ own }) => [own.fromS, own.toS]);
    const inside = borders.filter((atS) => speech.some(({ fromS, toS }) => atS > fromS && atS < toS));
    expect(inside).toEqual([]);
  });
});
