// What a pack needs that neither npm nor the bundler leaves behind.
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * The programs that ship get the permission to run. The package of ffprobe sets it in an install script, install scripts
 * do not run here, and an installed app may not change its own files later.
 */
async function markPrograms(root) {
  for (const program of ['ffmpeg', 'ffprobe']) {
    const installer = join(root, 'node_modules', `@${program}-installer`);
    const builds = (await readdir(installer)).filter((name) => name !== program);
    for (const build of builds) {
      const files = await readdir(join(installer, build));
      const found = files.filter((file) => file === program || file === `${program}.exe`);
      for (const file of found) await chmod(join(installer, build, file), 0o755);
    }
  }
}

/** Where Node finds a package that another one asks for. */
async function findPackage(name, folder) {
  const path = join(folder, 'node_modules', name, 'package.json');
  try {
    return { folder: dirname(path), ...JSON.parse(await readFile(path, 'utf8')) };
  } catch (error) {
    if (error.code !== 'ENOENT' || dirname(folder) === folder) throw error;
    return findPackage(name, dirname(folder));
  }
}

/** Every package that a production dependency brings along, once each. */
async function collectPackages(names, folder, found = new Map()) {
  for (const name of names) {
    const each = await findPackage(name, folder);
    const id = `${each.name} ${each.version}`;
    if (found.has(id)) continue;
    found.set(id, each);
    await collectPackages(Object.keys(each.dependencies ?? {}), each.folder, found);
  }
  return found;
}

async function licenceText(folder) {
  const file = (await readdir(folder)).find((name) => /^licen[cs]e/i.test(name));
  return file === undefined
    ? 'The package brings no text of its licence.'
    : readFile(join(folder, file), 'utf8');
}

/** The licences of what the bundles carry inside: most of them ask to be kept with every copy. */
async function writeLicences(root) {
  const { dependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const packages = await collectPackages(Object.keys(dependencies), root);
  const sections = [...packages].sort(([a], [b]) => a.localeCompare(b, 'en'));
  const texts = sections.map(
    async ([id, { license, folder }]) => `${id} (${license})\n\n${(await licenceText(folder)).trim()}\n`,
  );
  await mkdir(join(root, 'dist'), { recursive: true });
  await writeFile(
    join(root, 'dist', 'third-party.txt'),
    (await Promise.all(texts)).join(`\n${'-'.repeat(72)}\n\n`),
  );
}

export default async function beforePack({ packager }) {
  await markPrograms(packager.projectDir);
  await writeLicences(packager.projectDir);
}
