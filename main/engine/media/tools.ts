import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { access, chmod, constants } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { createRequire } from 'node:module';
import { AppError } from '../../domain/errors.ts';
import type { ChildRecords } from './children.ts';

const execute = promisify(execFile);

/** The two programs everything about media goes through. */
export interface MediaTools {
  readonly ffmpeg: string;
  readonly ffprobe: string;
  /** The first line of "ffmpeg -version": part of every recipe, because another build gives other bytes. */
  readonly versionLine: string;
  readonly origin: 'setting' | 'system' | 'bundled';
  /** What stands before a program so that the system ends it when we die; left out where there is no such thing. */
  readonly launcher?: readonly string[];
  /** Where running programs are written down; left out where nobody could look after them. */
  readonly children?: ChildRecords;
}

const NEEDED_FILTERS = [
  'ass',
  'alimiter',
  'ebur128',
  'gblur',
  'overlay',
  'showwaves',
  'loop',
  'pan',
  'volume',
];
const NEEDED_ENCODERS = ['libx264', 'aac', 'libmp3lame'];

interface Choice {
  readonly ffmpeg: string;
  readonly ffprobe: string;
  readonly origin: MediaTools['origin'];
}

/**
 * Finds an ffmpeg that can do the work: FFMPEG_PATH, then a system ffmpeg that has what we need, then the npm build.
 * Throws FFMPEG_MISSING, naming what each one lacked.
 */
export async function findTools(env: NodeJS.ProcessEnv = process.env): Promise<MediaTools> {
  const reasons: string[] = [];
  for (const choice of choices(env)) {
    const verdict = await examine(choice);
    if (typeof verdict !== 'string') return { ...verdict, ...(await findLauncher(env)) };
    reasons.push(`${choice.ffmpeg}: ${verdict}`);
    // A person who names an ffmpeg means that one; silently taking another would hide the mistake.
    if (choice.origin === 'setting') break;
  }
  throw new AppError('FFMPEG_MISSING', reasons.join('\n') || 'no ffmpeg on PATH and none installed by npm');
}

function choices(env: NodeJS.ProcessEnv): Choice[] {
  const named = given(env['FFMPEG_PATH']);
  const probe = given(env['FFPROBE_PATH']);
  if (named !== undefined) {
    return [{ ffmpeg: named, ffprobe: probe ?? sibling(named), origin: 'setting' }];
  }
  const found: Choice[] = [];
  const system = onPath('ffmpeg', env);
  if (system !== undefined) {
    found.push({
      ffmpeg: system,
      ffprobe: probe ?? onPath('ffprobe', env) ?? sibling(system),
      origin: 'system',
    });
  }
  const bundled = bundledTools();
  if (bundled !== undefined) found.push({ ...bundled, ffprobe: probe ?? bundled.ffprobe, origin: 'bundled' });
  return found;
}

/** Linux ends a child with its parent when setpriv asks for it; the setpriv of some small systems cannot. */
async function findLauncher(env: NodeJS.ProcessEnv): Promise<Pick<MediaTools, 'launcher'>> {
  const setpriv = process.platform === 'linux' ? onPath('setpriv', env) : undefined;
  if (setpriv === undefined) return {};
  const launcher = [setpriv, '--pdeathsig', 'KILL', '--'];
  const works = await listing(setpriv, [...launcher.slice(1), setpriv, '--version']).then(
    () => true,
    () => false,
  );
  return works ? { launcher } : {};
}

/** A variable that is set to nothing is not set. */
const given = (value: string | undefined): string | undefined => (value === '' ? undefined : value);

const executable = (name: string): string => (process.platform === 'win32' ? `${name}.exe` : name);
const sibling = (ffmpeg: string): string =>
  join(dirname(ffmpeg), basename(ffmpeg).replace('ffmpeg', 'ffprobe'));

function onPath(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const folders = (env['PATH'] ?? '').split(process.platform === 'win32' ? ';' : ':').filter((f) => f !== '');
  return folders.map((folder) => join(folder, executable(name))).find((path) => existsSync(path));
}

/** Where a file of the packed app lies as a real file: other programs cannot look into the app's archive. */
export const outsideArchive = (path: string): string =>
  path.replace(/([\\/]app\.asar)(?=[\\/])/, '$1.unpacked');

function bundledTools(): { ffmpeg: string; ffprobe: string } | undefined {
  const load = createRequire(import.meta.url);
  try {
    const ffmpeg = load('@ffmpeg-installer/ffmpeg') as { path: string };
    const ffprobe = load('@ffprobe-installer/ffprobe') as { path: string };
    return { ffmpeg: outsideArchive(ffmpeg.path), ffprobe: outsideArchive(ffprobe.path) };
  } catch {
    // The packages throw on a platform they have no build for; that is one choice less, not an error.
    return undefined;
  }
}

/** The tools, or what they lack in words. */
async function examine(choice: Choice): Promise<MediaTools | string> {
  if (!existsSync(choice.ffmpeg)) return 'does not exist';
  if (!existsSync(choice.ffprobe)) return `its ffprobe was looked for at ${choice.ffprobe} and is not there`;
  try {
    if (choice.origin === 'bundled') await makeExecutable(choice.ffprobe);
    const [version, , filters, encoders] = await Promise.all([
      listing(choice.ffmpeg, ['-version']),
      listing(choice.ffprobe, ['-version']),
      listing(choice.ffmpeg, ['-hide_banner', '-filters']),
      listing(choice.ffmpeg, ['-hide_banner', '-encoders']),
    ]);
    const lacking = [
      ...NEEDED_FILTERS.filter(missingFrom(filters)),
      ...NEEDED_ENCODERS.filter(missingFrom(encoders)),
    ];
    if (lacking.length > 0) return `lacks ${lacking.join(', ')}`;
    return { ...choice, versionLine: version.split('\n')[0]?.trim() ?? '' };
  } catch (error) {
    return `does not run (${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)})`;
  }
}

/**
 * Gives a program of ours the permission to run that it lacks: the npm package of ffprobe sets it in an install script,
 * and install scripts do not run here.
 */
export async function makeExecutable(program: string): Promise<void> {
  const mayRun = await access(program, constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!mayRun) await chmod(program, 0o755);
}

const missingFrom = (table: string) => (name: string) => !new RegExp(`\\s${name}\\s`).test(table);

async function listing(program: string, args: readonly string[]): Promise<string> {
  const { stdout } = await execute(program, [...args], { maxBuffer: 4 * 1024 * 1024, timeout: 20_000 });
  return stdout;
}
