import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { transcriptFromBytes } from '../../../main/engine/transcripts/load.ts';

const root = process.env['SOUNDBITE_TEST_DATA'];
const folder = join(root ?? '', 'bench', 'clips', 'editors-dev');
const title = root === undefined ? ' (skipped: SOUNDBITE_TEST_DATA names no folder)' : '';

interface Entry {
  readonly body: string;
  readonly startTime: number;
  readonly endTime: number;
}
const entriesOf = (bytes: Buffer): Entry[] =>
  (JSON.parse(bytes.toString()) as { segments: Entry[] }).segments;
const solid = (text: string): string => text.replace(/\s+/gu, '');
const episodes = (): string[] =>
  readdirSync(folder)
    .filter((name) => name !== 'episodes.json')
    .sort();

test.skipIf(root === undefined)(
  `real episodes lose no word, and nearly every sentence stays one${title}`,
  () => {
    let entries = 0;
    let same = 0;
    for (const name of episodes().filter((_, at) => at % 4 === 0)) {
      const bytes = readFileSync(join(folder, name));
      const given = entriesOf(bytes);
      const { segments } = transcriptFromBytes(bytes, name, {});
      expect(solid(segments.map((segment) => segment.text).join('')), name).toBe(
        solid(given.map((entry) => entry.body).join('')),
      );
      const found = new Set(segments.map((segment) => segment.text));
      entries += given.length;
      same += given.filter((entry) => found.has(entry.body.trim())).length;
    }
    expect(same / entries).toBeGreaterThan(0.97);
  },
  60_000,
);

test.skipIf(root === undefined)(
  `a real episode cut into captions of 42 letters gives its sentences back${title}`,
  () => {
    const [name = ''] = episodes();
    const given = entriesOf(readFileSync(join(folder, name)));
    const words = given.flatMap(({ body, startTime, endTime }) => {
      const parts = body.split(' ');
      return parts.map((text, at) => ({
        text,
        fromS: startTime + ((endTime - startTime) * at) / parts.length,
      }));
    });
    const captions: { text: string; fromS: number }[] = [];
    for (const word of words) {
      const last = captions.at(-1);
      if (last !== undefined && last.text.length + word.text.length < 42) last.text += ` ${word.text}`;
      else captions.push({ ...word });
    }
    const clock = (s: number): string => new Date(s * 1000).toISOString().slice(11, 23);
    const file = captions.map(
      ({ text, fromS }, at) =>
        `${at + 1}\n${clock(fromS)} --> ${clock(captions[at + 1]?.fromS ?? fromS + 2)}\n${text}\n`,
    );
    const { segments } = transcriptFromBytes(Buffer.from(file.join('\n')), 'a.srt', {});
    expect(solid(segments.map((segment) => segment.text).join(''))).toBe(
      solid(words.map((word) => word.text).join('')),
    );
    const found = new Map(segments.map((segment) => [segment.text, segment]));
    const kept = given.filter((entry) => found.has(entry.body));
    expect(kept.length / given.length).toBeGreaterThan(0.9);
    const offsS = kept
      .map((entry) => Math.abs((found.get(entry.body)?.fromS ?? 0) - entry.startTime))
      .sort((a, b) => a - b);
    expect(offsS[Math.floor(offsS.length / 2)]).toBeLessThan(0.5);
  },
);
