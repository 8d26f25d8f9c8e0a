import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { root, samplePath, sampleTranscriptPath, soundbite } from '../support/cli.ts';
import { ErrorDocument, FindDocument } from '../support/clipDocument.ts';
import { temporaryFolder } from '../support/folder.ts';

const testData = process.env['SOUNDBITE_TEST_DATA'];
const folder = temporaryFolder();
afterAll(() => {
  folder[Symbol.dispose]();
});

const missing = folder.file('missing.mp3');
const empty = folder.file('empty.mp3');
const renamed = folder.file('readme.mp3');
const aFolder = folder.file('episodes');
const brokenSrt = folder.file('broken.srt');
const out = folder.file('clips');
writeFileSync(empty, '');
copyFileSync(join(root, 'README.md'), renamed);
mkdirSync(aFolder);
writeFileSync(brokenSrt, 'Welcome to the show.\n\nNo line of this file is a time.\n');

const clip = (...args: string[]): string[] => ['clip', ...args, '--out', out];

interface Refusal {
  readonly what: string;
  readonly args: readonly string[];
  readonly code: string;
  /** 1 the work could not be done, 2 the request was wrong. */
  readonly exit: 1 | 2;
}

const refusals: readonly Refusal[] = [
  { what: 'a missing recording', args: clip(missing), code: 'FILE_MISSING', exit: 1 },
  { what: 'an empty recording', args: clip(empty), code: 'EMPTY_FILE', exit: 1 },
  { what: 'a text that is called .mp3', args: clip(renamed), code: 'UNREADABLE_MEDIA', exit: 1 },
  { what: 'a folder', args: clip(aFolder), code: 'NOT_REGULAR_FILE', exit: 1 },
  {
    what: 'a broken subtitle file',
    args: clip(samplePath, '-t', brokenSrt),
    code: 'TRANSCRIPT_UNREADABLE',
    exit: 1,
  },
  { what: 'a missing subtitle file', args: clip(samplePath, '-t', missing), code: 'FILE_MISSING', exit: 1 },
  {
    what: 'an unknown preset',
    args: clip(samplePath, '--preset', 'myspace'),
    code: 'UNKNOWN_PRESET',
    exit: 2,
  },
  { what: 'a negative count', args: clip(samplePath, '--top', '-1'), code: 'BAD_INPUT', exit: 2 },
  { what: 'a missing argument', args: ['clip'], code: 'BAD_INPUT', exit: 2 },
  { what: 'an option that does not exist', args: clip(samplePath, '--loud'), code: 'BAD_INPUT', exit: 2 },
  {
    what: 'an export folder below a file',
    args: ['clip', samplePath, '--out', join(empty, 'clips')],
    code: 'OUTPUT_NOT_WRITABLE',
    exit: 1,
  },
  { what: 'a command that does not exist', args: ['clop'], code: 'BAD_INPUT', exit: 2 },
  { what: 'no command at all', args: [], code: 'BAD_INPUT', exit: 2 },
  { what: 'half a command', args: ['queue'], code: 'BAD_INPUT', exit: 2 },
  { what: 'an import of nothing there', args: ['import', missing], code: 'FILE_MISSING', exit: 1 },
  { what: 'the clips of an unknown episode', args: ['clips', 'ep-0000000000'], code: 'NOT_FOUND', exit: 1 },
  {
    what: 'the export of an unknown clip',
    args: ['export', 'clip-0000000000', '--out', out],
    code: 'NOT_FOUND',
    exit: 1,
  },
  { what: 'cancelling an unknown job', args: ['queue', 'cancel', '99'], code: 'NOT_FOUND', exit: 1 },
  {
    what: 'pausing what is neither lane nor job',
    args: ['queue', 'pause', 'fast'],
    code: 'BAD_INPUT',
    exit: 2,
  },
  {
    what: 'a search of a broken subtitle file',
    args: ['find', '-t', brokenSrt],
    code: 'TRANSCRIPT_UNREADABLE',
    exit: 1,
  },
  { what: 'a search without a transcript', args: ['find'], code: 'BAD_INPUT', exit: 2 },
];

/** Everything below a folder that is not an empty folder; nothing where the folder was never made. */
const filesBelow = (path: string): string[] =>
  existsSync(path)
    ? readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => entry.name)
    : [];

async function expectRefusal(home: string, { args, code, exit }: Refusal): Promise<void> {
  const told = await soundbite(home, args);
  const asJson = await soundbite(home, [...args, '--json']);
  expect([told.code, asJson.code]).toEqual([exit, exit]);

  const { error } = ErrorDocument.parse(asJson.json());
  expect(error.code).toBe(code);

  expect(told.stdout).toBe('');
  const lines = told.stderr.split('\n');
  expect(lines.at(0)).toBe(`${error.title} (${code})`);
  expect(lines.at(-1)).toBe(error.hint);
  expect(lines.length).toBeLessThanOrEqual(6);
  expect(told.stderr).not.toMatch(/\n\s+at |\n\s+\(\w+\)\n|[\r\u001b]/);

  const rubbish = ['analysis', 'work', 'run', 'episodes'].flatMap((name) => filesBelow(join(home, name)));
  expect(rubbish).toEqual([]);
  expect(existsSync(out)).toBe(false);
}

describe('what cannot be done is told in a sentence with a way out, and leaves nothing behind', () => {
  test.each(refusals)('$what', async (refusal) => {
    await expectRefusal(folder.file(`library of ${refusal.what}`), refusal);
    expect(readdirSync(aFolder)).toEqual([]);
  });

  test.skipIf(process.platform !== 'linux')('an export folder in a place that takes no folders', async () => {
    const what = 'a folder in /proc';
    const args = ['clip', samplePath, '--out', '/proc/soundbite'];
    await expectRefusal(folder.file(what), { what, args, code: 'OUTPUT_NOT_WRITABLE', exit: 1 });
  });

  test('a refused recording is no episode of the library', async () => {
    const home = folder.file('refused');
    await soundbite(home, clip(renamed));
    const episodes = await soundbite(home, ['episodes', '--json']);
    expect(episodes.json()).toEqual({ episodes: [] });
  });
});

/** The names that a help lists under "Commands", up to the next empty line. */
function commandsIn(help: string): string[] {
  const [list = ''] = (help.split('\nCommands:\n')[1] ?? '').split('\n\n');
  return Array.from(list.matchAll(/^ {2}(\w+)/gm), ([, name = '']) => name).filter((name) => name !== 'help');
}

const helpOf = (...command: string[]) => soundbite(folder.file('help'), [...command, '--help']);

describe('help', () => {
  test('of every command shows an example that begins with that command', async () => {
    /** Answers the commands below this one. */
    const expectExample = async (command: readonly string[]): Promise<string[][]> => {
      const { code, stdout, stderr } = await helpOf(...command);
      expect({ command, code, stderr }).toEqual({ command, code: 0, stderr: '' });
      const begins = new RegExp(`^${['soundbite', ...command].join(' ')}`);
      expect(stdout.split('Example:\n')[1]?.trim()).toMatch(begins);
      return commandsIn(stdout).map((name) => [...command, name]);
    };
    const waiting: string[][] = [[]];
    let count = 0;
    while (waiting.length > 0) {
      const few = waiting.splice(0, 4);
      count += few.length;
      waiting.push(...(await Promise.all(few.map(expectExample))).flat());
    }
    expect(count).toBeGreaterThan(60);
  });
});

const findSample = (...args: string[]) =>
  soundbite(folder.file('find'), ['find', '--transcript', sampleTranscriptPath, '--json', ...args]);

describe('find', () => {
  test('prints nothing but one document on stdout and no bars on stderr', async () => {
    const run = await findSample();
    expect(run.code).toBe(0);
    expect(run.stderr).not.toMatch(/[\r\u001b]|%/);
    expect(FindDocument.parse(run.json()).clips.length).toBeGreaterThan(1);
  });

  test('prints the same bytes for the same input', async () => {
    for (const args of [[], ['--all']]) {
      const first = await findSample(...args);
      const second = await findSample(...args);
      expect(first.code).toBe(0);
      expect(second.stdout).toBe(first.stdout);
    }
  });

  test('gives the best first, as many as asked for; --all gives every window, the best of them among them', async () => {
    const best = FindDocument.parse((await findSample('--limit', '2')).json()).clips;
    const all = FindDocument.parse((await findSample('--all')).json()).clips;
    expect(best).toHaveLength(2);
    expect(all.length).toBeGreaterThan(100);
    for (const clips of [best, all]) {
      const scores = clips.map(({ score }) => score);
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    }
    const ranges = all.map(({ inS, outS }) => `${inS} to ${outS}`);
    expect(best.filter(({ inS, outS }) => !ranges.includes(`${inS} to ${outS}`))).toEqual([]);
  });

  test('opens no library', () => {
    expect(existsSync(folder.file('find'))).toBe(false);
  });

  test.skipIf(testData === undefined)(
    testData === undefined
      ? 'takes little CPU for a long transcript (SOUNDBITE_TEST_DATA names no folder)'
      : 'answers for 90 minutes of transcript with at most three times the CPU that starting takes',
    async () => {
      const transcript = join(testData ?? '', 'bench/clips/editors-dev/lenny_-LywX3T5Scc.json');
      const startS = await cpuOf(['find', '--help']);
      const findS = await cpuOf(['find', '--transcript', transcript, '--json']);
      expect(findS / startS).toBeLessThan(4);
    },
  );
});

/** Seconds of CPU, user and system, of the leaner of two runs: what else the machine does makes a run dearer. */
async function cpuOf(args: readonly string[]): Promise<number> {
  const report = folder.file('usage');
  const env = {
    NODE_OPTIONS: `--import=${pathToFileURL(join(root, 'test/support/reportUsage.ts')).href}`,
    SOUNDBITE_TEST_USAGE: report,
  };
  const used: number[] = [];
  for (let turn = 0; turn < 2; turn += 1) {
    const { code } = await soundbite(folder.file('usage library'), args, env);
    expect(code).toBe(0);
    used.push(Number(readFileSync(report, 'utf8')));
  }
  return Math.min(...used);
}
