import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { temporaryFolder } from '../support/folder.ts';
import { FFMPEG_BUILDS } from '../support/sources.ts';
import { watchFinalNames } from '../support/watchFinalNames.ts';
import { toneFile } from './mixedWork.ts';
import { seededRandom, startProcess } from './workProcess.ts';

const KILLS = process.env['SOUNDBITE_TEST_LONG'] === undefined ? 8 : 40;
const LATEST_KILL_MS = 700;
const Begun = z.object({ said: z.literal('begun'), file: z.int() });

test('the observer of the crash tests complains of a program that writes straight to the final name', async () => {
  using folder = temporaryFolder();
  const exportFolder = folder.file('clips');
  mkdirSync(exportFolder);
  const source = folder.file('source.wav');
  writeFileSync(source, toneFile(120, 220));
  const orders = {
    ffmpeg: FFMPEG_BUILDS.npm.FFMPEG_PATH,
    source,
    exportFolder,
    doneList: folder.file('done'),
    files: 200,
  };
  const random = seededRandom(4);
  const watch = watchFinalNames(exportFolder);
  for (let kill = 0; kill < KILLS; kill += 1) {
    await using writer = await startProcess('naiveWriter.ts', orders, (line) => Begun.parse(line));
    await writer.hear(() => true);
    await new Promise((resolve) => setTimeout(resolve, random() * LATEST_KILL_MS));
    writer.send('SIGKILL');
    await writer.ended;
  }
  const complaints = watch.stop();
  expect(complaints).toEqual(
    expect.arrayContaining([expect.stringMatching(/^clip \d+\.m4a was .* and became .*/)]),
  );
  console.log(`${KILLS} kills of the naive writer, ${complaints.length} complaints`);
});
