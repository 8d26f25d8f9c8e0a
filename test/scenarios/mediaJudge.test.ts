import { execFileSync } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError } from '../../main/domain/errors.ts';
import type { MediaFacts } from '../../main/domain/episode.ts';
import { judge } from '../../main/engine/media/judge.ts';
import { findTools, type MediaTools } from '../../main/engine/media/tools.ts';

const Manifest = z.object({
  files: z.array(
    z.object({
      file: z.string(),
      expect: z.object({
        verdict: z.enum(['accept', 'refuse']),
        reason: z.string().optional(),
        duration_s: z.number().default(0),
        tolerance_s: z.number().default(0),
        has_audio: z.boolean().default(false),
        has_video: z.boolean().default(false),
        rotation: z.number().optional(),
        warnings: z.array(z.string()).default([]),
      }),
    }),
  ),
});
type Expectation = z.infer<typeof Manifest>['files'][number]['expect'];

const corpus =
  process.env['SOUNDBITE_TEST_DATA'] === undefined
    ? undefined
    : join(process.env['SOUNDBITE_TEST_DATA'], 'media', 'awkward');
const cases =
  corpus === undefined
    ? []
    : Manifest.parse(JSON.parse(readFileSync(join(corpus, 'MANIFEST.json'), 'utf8'))).files;

/** Warnings beyond the reference's, which does not look at frame rates. */
const ALSO_WARNED: Readonly<Record<string, readonly string[]>> = {
  'mb-cursed-vfr.mp4': ['VARIABLE_FRAME_RATE'],
};
/** The npm build reads these headers right, or says nothing while decoding. */
const NOT_WARNED_BY_BUNDLED: Readonly<Record<string, readonly string[]>> = {
  'mm-adts-mpeg4.aac': ['DECODE_ERRORS'],
  'ax-sample_fragmented.mp4': ['HEADER_DURATION_WRONG'],
  'mo-no_timescale.mp4': ['ROTATION_IGNORED'],
};

let cwd: string;
let folder: string;
let system: MediaTools;
let bundled: MediaTools;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'soundbite-judge-'));
  folder = await mkdtemp(join(tmpdir(), 'soundbite-media-'));
  system = await findTools({ PATH: process.env['PATH'] ?? '' });
  bundled = await findTools({ ...process.env, PATH: '' });
});
afterAll(async () => {
  await rm(cwd, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
});

interface Answer {
  readonly verdict: 'accept' | 'refuse';
  readonly reason?: string;
  readonly facts?: MediaFacts;
  readonly detail?: string;
}

async function answer(tools: MediaTools, path: string): Promise<Answer> {
  try {
    return { verdict: 'accept', facts: await judge(tools, path, { cwd }) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { verdict: 'refuse', reason: error.code, detail: error.message };
  }
}

function expectAsJudged({ verdict, reason, facts, detail }: Answer, wanted: Expectation, warnings: string[]) {
  expect({ verdict, reason }).toEqual({ verdict: wanted.verdict, reason: wanted.reason });
  if (facts === undefined) {
    expect(detail).toMatch(/^\S.{10,}\.$/);
    return;
  }
  expect(Math.abs(facts.durationS - wanted.duration_s)).toBeLessThanOrEqual(wanted.tolerance_s);
  expect({
    hasAudio: facts.audio.length > 0,
    hasVideo: facts.video !== null,
    rotation: facts.video?.rotation,
    warnings: facts.warnings,
  }).toEqual({
    hasAudio: wanted.has_audio,
    hasVideo: wanted.has_video,
    rotation: wanted.rotation,
    warnings,
  });
}

describe.skipIf(cases.length === 0)('awkward files (skipped unless SOUNDBITE_TEST_DATA names them)', () => {
  test.each(cases)('$file is judged as the reference judges it', async ({ file, expect: wanted }) => {
    const given = await answer(system, join(corpus ?? '', file));
    expectAsJudged(given, wanted, [...wanted.warnings, ...(ALSO_WARNED[file] ?? [])]);
  });

  test.each(cases)('$file is judged alike with the npm build', async ({ file, expect: wanted }) => {
    const given = await answer(bundled, join(corpus ?? '', file));
    const missing = NOT_WARNED_BY_BUNDLED[file] ?? [];
    const warnings = [...wanted.warnings, ...(ALSO_WARNED[file] ?? [])].filter((w) => !missing.includes(w));
    expectAsJudged(given, wanted, warnings);
  });
});

describe('things that are not recordings', () => {
  test('a pipe is refused at once instead of waiting for a writer', async () => {
    const path = join(folder, 'x.mp3');
    execFileSync('mkfifo', [path]);
    expect(await answer(system, path)).toMatchObject({ verdict: 'refuse', reason: 'NOT_REGULAR_FILE' });
  });

  test('a folder with the name of a recording is refused', async () => {
    const path = join(folder, 'd.mp3');
    await mkdir(path);
    expect(await answer(system, path)).toMatchObject({ verdict: 'refuse', reason: 'NOT_REGULAR_FILE' });
  });

  test('a link to an endless device is refused', async () => {
    const path = join(folder, 'z.wav');
    await symlink('/dev/zero', path);
    expect(await answer(system, path)).toMatchObject({ verdict: 'refuse', reason: 'NOT_REGULAR_FILE' });
  });

  test('a link to nothing is a missing file', async () => {
    const path = join(folder, 'gone.wav');
    await symlink(join(folder, 'nowhere.wav'), path);
    expect(await answer(system, path)).toMatchObject({ verdict: 'refuse', reason: 'FILE_MISSING' });
  });

  test('an empty file is called empty', async () => {
    const path = join(folder, 'empty.mp3');
    await writeFile(path, '');
    expect(await answer(system, path)).toMatchObject({ verdict: 'refuse', reason: 'EMPTY_FILE' });
  });

  test('a text file is refused with a sentence that names it', async () => {
    const path = join(folder, 'notes.mp3');
    await writeFile(path, 'These are my notes for the next episode.\n'.repeat(40));
    const { verdict, detail } = await answer(system, path);
    expect(verdict).toBe('refuse');
    expect(detail).toContain('notes.mp3');
  });

  test.skipIf(process.geteuid?.() !== 0)(
    'a file without read permission is refused (needs root, to become nobody)',
    async () => {
      const path = join(folder, 'secret.wav');
      makeTone(path, 1);
      await chmod(folder, 0o755);
      await chmod(path, 0o000);
      process.seteuid?.(65_534);
      try {
        expect(await answer(system, path)).toMatchObject({ verdict: 'refuse', reason: 'NO_PERMISSION' });
      } finally {
        process.seteuid?.(0);
      }
    },
  );
});

function makeTone(path: string, durationS: number, options: readonly string[] = []) {
  execFileSync(system.ffmpeg, [
    ...['-v', 'error', '-y', '-f', 'lavfi', '-i', `sine=frequency=330:duration=${durationS}`],
    ...options,
    `file:${path}`,
  ]);
}

describe('names that ffmpeg would take for something else', () => {
  const names = [
    '-i.wav',
    'a:b.wav',
    'http:x.wav',
    'concat:victim.wav',
    'x%03d.wav',
    'nl\nname.wav',
    "q'uote.wav",
    'sp ace;$(id).wav',
    'pipe:0.wav',
    'é中🎧.wav',
    '..wav',
    `${'x'.repeat(200)}.wav`,
  ];
  beforeAll(() => {
    makeTone(join(folder, 'sine.wav'), 1, ['-c:a', 'pcm_s24le']);
  });

  test.each(names)('%j is opened as the file it is', async (name) => {
    await copyFile(join(folder, 'sine.wav'), join(folder, name));
    for (const tools of [system, bundled]) {
      const { facts } = await answer(tools, join(folder, name));
      expect(facts?.durationS).toBeCloseTo(1, 2);
    }
  });

  test('a link to a recording elsewhere is followed', async () => {
    const path = join(cwd, 'linked.wav');
    await symlink(join(folder, 'sine.wav'), path);
    expect((await answer(system, path)).facts?.durationS).toBeCloseTo(1, 2);
  });
});
