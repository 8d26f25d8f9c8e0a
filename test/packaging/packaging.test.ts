import { chmodSync, cpSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { extractAll, listPackage } from '@electron/asar';
import { FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses';
import { getConfig, validateConfiguration } from 'app-builder-lib/out/util/config/config.js';
import { DebugLogger } from 'builder-util';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Job } from '../../main/domain/job.ts';
import { outsideArchive } from '../../main/engine/media/tools.ts';
import { root } from '../support/cli.ts';
import { startElectronDouble } from '../support/electronDouble/start.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/folder.ts';
import { toneModel } from '../support/tones.ts';

const platform = `${process.platform}-${process.arch}`;
const whyNot = process.platform === 'linux' ? '' : ' (not run: the stub of Electron is laid out as on Linux)';

/** Where Electron keeps its fuses in its own binary: a mark, a version, how many there are, and one character for each. */
const FUSE_WIRE = ['dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', '\u0001', '\u0009', '101000101'].join('');

const [OFF, ON] = ['0', '1'].map((mark) => mark.charCodeAt(0));

/** What a download of Electron would be unpacked to, with the parts that the packer looks at. */
function layOutStub(folder: string): void {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as {
    version: string;
  };
  writeFileSync(join(folder, 'electron'), `#!/bin/sh\n# ${FUSE_WIRE}\n`, { mode: 0o755 });
  writeFileSync(join(folder, 'version'), version);
  for (const licence of ['LICENSE', 'LICENSES.chromium.html'])
    writeFileSync(join(folder, licence), 'a licence');
}

/** Hard links where the disk allows them, copies elsewhere: the packer follows no link to a folder of packages. */
async function layOutModules(folder: string): Promise<void> {
  const packages = join(root, 'node_modules', '.');
  mkdirSync(folder);
  const { failed } = await execa('cp', ['-al', `${packages}/.`, folder], { reject: false });
  if (failed) await execa('cp', ['-a', `${packages}/.`, folder]);
}

/** As npm leaves a program where install scripts do not run; a copy, because the original may be a hard link. */
function leaveUnmarked(program: string): void {
  const copy = `${program}.copy`;
  cpSync(program, copy);
  chmodSync(copy, 0o644);
  renameSync(copy, program);
}

/** A copy of everything that the packer may read, so that a window that was not built yet can be stood in for. */
async function pack(folder: TemporaryFolder): Promise<string> {
  const project = folder.file('project');
  mkdirSync(project);
  for (const part of ['package.json', 'package-lock.json', 'electron-builder.yml', 'LICENSE', 'resources']) {
    cpSync(join(root, part), join(project, part), { recursive: true });
  }
  // Sources, tests and maps lie beside what ships, as in the project itself.
  for (const part of ['dist', 'main', 'preload', 'scripts', 'docs']) {
    cpSync(join(root, part), join(project, part), { recursive: true });
  }
  mkdirSync(join(project, 'dist/renderer/assets'), { recursive: true });
  writeFileSync(join(project, 'dist/renderer/index.html'), '<!doctype html>');
  writeFileSync(join(project, 'dist/renderer/assets/index.js.map'), '{}');
  await layOutModules(join(project, 'node_modules'));
  leaveUnmarked(join(project, 'node_modules/@ffprobe-installer', platform, 'ffprobe'));
  layOutStub(folder.file('stub'));
  await execa(
    process.execPath,
    [
      join(project, 'node_modules/electron-builder/cli.js'),
      ...['--linux', 'dir', `--${process.arch}`, '--publish', 'never'],
      ...[`-c.electronDist=${folder.file('stub')}`, `-c.directories.output=${folder.file('out')}`],
    ],
    { cwd: project },
  );
  return folder.file(process.arch === 'x64' ? 'out/linux-unpacked' : `out/linux-${process.arch}-unpacked`);
}

/** What may ship, and what of it must. */
const MUST_SHIP = [
  'LICENSE',
  'package.json',
  'dist/electron.mjs',
  'dist/preload.cjs',
  'dist/recogniser.mjs',
  'dist/renderer/index.html',
  'resources/fonts/Inter-SemiBold.ttf',
  'resources/fonts/Inter-ExtraBold.ttf',
  'resources/icons/64x64.png',
  'resources/sample/still-works-23-the-lamp-on-table-four.m4a',
  'resources/sample/still-works-23-the-lamp-on-table-four.vtt',
  'resources/templates/classic.json',
  `node_modules/better-sqlite3/prebuilds/${platform}.node`,
  `node_modules/sherpa-onnx-${platform}/sherpa-onnx.node`,
  `node_modules/sherpa-onnx-${platform}/libonnxruntime.so`,
  `node_modules/sherpa-onnx-${platform}/libsherpa-onnx-c-api.so`,
  `node_modules/@ffmpeg-installer/${platform}/ffmpeg`,
  `node_modules/@ffprobe-installer/${platform}/ffprobe`,
];
const MAY_SHIP = [
  /^dist\/renderer\/[^.][^:]*\.(html|js|css|svg|png|ttf|woff2|wasm|json)$/,
  /^resources\/(fonts|sample)\//,
  /^resources\/templates\/[\w-]+\.json$/,
  /^node_modules\/better-sqlite3\/(package\.json|LICENSE|lib\/[\w/-]+\.js)$/,
  /^node_modules\/sherpa-onnx-node\/(package\.json|[\w-]+\.js)$/,
  new RegExp(`^node_modules/sherpa-onnx-${platform}/(package\\.json|index\\.js|lib[\\w-]+\\.so)$`),
  /^node_modules\/@ff(mpeg|probe)-installer\/ff(mpeg|probe)\/(package\.json|index\.js|lib\/[\w-]+\.js)$/,
  new RegExp(`^node_modules/@ff(mpeg|probe)-installer/${platform}/package\\.json$`),
];

test('the configuration is one that electron-builder itself accepts, with every fuse as decided', async () => {
  const config = await getConfig(root, null, null);
  await validateConfiguration(config, new DebugLogger(false));
  const misspelt = { ...config, asarUnpak: [] };
  await expect(validateConfiguration(misspelt, new DebugLogger(false))).rejects.toThrow('asarUnpak');
  expect(config.electronFuses).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
    resetAdHocDarwinSignature: true,
  });
});

test('programs and resources of the packed app are found beside its archive, and nowhere else', () => {
  expect(outsideArchive('/opt/Soundbite/resources/app.asar/resources')).toBe(
    '/opt/Soundbite/resources/app.asar.unpacked/resources',
  );
  expect(outsideArchive('C:\\Soundbite\\resources\\app.asar\\node_modules\\x\\ffmpeg.exe')).toBe(
    'C:\\Soundbite\\resources\\app.asar.unpacked\\node_modules\\x\\ffmpeg.exe',
  );
  for (const path of ['/home/me/app.asar.d/x', '/home/me/project/resources', '/a/app.asar.unpacked/x']) {
    expect(outsideArchive(path)).toBe(path);
  }
});

describe.skipIf(whyNot !== '')(`a pack with a stub for Electron${whyNot}`, () => {
  const folder = temporaryFolder();
  let appDir = '';
  let listing: string[] = [];
  const archive = (): string => join(appDir, 'resources/app.asar');
  beforeAll(async () => {
    appDir = await pack(folder);
    const isFile = (path: string): boolean => statSync(folder.file(join('extracted', path))).isFile();
    extractAll(archive(), folder.file('extracted'));
    // The archive's own extraction forgets who may run; what lies beside it is what a person gets.
    cpSync(`${archive()}.unpacked`, folder.file('extracted'), { recursive: true });
    listing = listPackage(archive(), { isPack: false })
      .map((path) => path.slice(1))
      .filter(isFile);
  });
  afterAll(() => {
    folder[Symbol.dispose]();
  });

  test('holds what must ship and nothing else', () => {
    expect(MUST_SHIP.filter((path) => !listing.includes(path))).toEqual([]);
    const strangers = listing.filter(
      (path) => !MUST_SHIP.includes(path) && !MAY_SHIP.some((pattern) => pattern.test(path)),
    );
    expect(strangers).toEqual([]);
    expect(listing.filter((path) => path.endsWith('.node'))).toHaveLength(2);
  });

  test('has real files where another program or the system has to read them, and the licences in the open', () => {
    const outside = join(appDir, 'resources/app.asar.unpacked');
    const real = MUST_SHIP.filter((path) => /^resources\/|\.(node|so)$|installer\//.test(path));
    for (const path of real) expect([path, statSync(join(outside, path)).isFile()]).toEqual([path, true]);
    for (const program of real.filter((path) => /\/ff(mpeg|probe)$/.test(path))) {
      expect([program, statSync(join(outside, program)).mode & 0o111]).toEqual([program, 0o111]);
    }
    for (const licence of ['ffmpeg.txt', 'GPL-3.0.txt', 'fonts-OFL-1.1.txt']) {
      expect(statSync(join(appDir, 'resources/licences', licence)).size).toBeGreaterThan(500);
    }
    const thirdParty = readFileSync(join(appDir, 'resources/licences/third-party.txt'), 'utf8');
    for (const name of ['react ', 'react-dom ', 'scheduler ', 'zod ', 'zustand ', 'better-sqlite3 ']) {
      expect(thirdParty).toContain(`\n${name}`);
    }
    const notice = readFileSync(join(appDir, 'resources/licences/ffmpeg.txt'), 'utf8');
    expect(notice).toMatch(/complete corresponding source/);
  });

  test('has its fuses set in the binary', async () => {
    expect(await getCurrentFuseWire(join(appDir, 'soundbite'))).toMatchObject({
      version: FuseVersion.V1,
      [FuseV1Options.RunAsNode]: OFF,
      [FuseV1Options.EnableCookieEncryption]: ON,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: OFF,
      [FuseV1Options.EnableNodeCliInspectArguments]: OFF,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: ON,
      [FuseV1Options.OnlyLoadAppFromAsar]: ON,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: OFF,
    });
  });

  test('is enough to take an episode in and to hear words, with the programs and libraries that ship', async () => {
    await using app = await startElectronDouble({
      appDir: folder.file('extracted'),
      home: folder.file('library'),
      env: { PATH: '' },
    });
    await app.ask({ kind: 'listen', name: 'jobs.changed' });
    await app.call('episodes.importSample', {});
    const settled = (await app.call('jobs.settled', { jobIds: [1] })) as unknown as { value: Job[] };
    expect(settled.value).toMatchObject([{ state: 'completed', failure: null }]);
    // A model is loaded in the child process before it counts as here.
    expect(await app.call('models.import', { path: toneModel })).toMatchObject({ ok: true });
  });
});
