import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, extname, join, resolve } from 'node:path';
import type { FolderEntry, hostCalls, HostDescription } from '../contract/host.ts';
import { AppError } from '../domain/errors.ts';
import type { ExportedFile } from '../domain/exportedFile.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

/** How a machine with a battery is powered. */
export interface Battery {
  readonly isDischarging: boolean;
  readonly percent: number;
}

/** What a shell must supply: the few things an engine cannot do without a person or a system in front of it. */
export interface Host {
  readonly kind: HostDescription['kind'];
  readonly hasNativeDialogs: boolean;
  /** Null when the person changed their mind. Throws HOST_CANNOT where there are no dialogs. */
  pickMedia(): Promise<string[] | null>;
  pickFolder(startFolder: string | undefined): Promise<string | null>;
  /** Shows a file in the system's file manager. */
  reveal(path: string): Promise<void>;
  /** Lets a person drag a file out of the window; absent where a page may not do that. */
  startDrag?(path: string): void;
  /** Moves a file to the system's bin; absent where there is none. */
  trash?(path: string): Promise<void>;
  /** Keeps the machine from falling asleep, or lets it; may be told the same again. Absent where it cannot. */
  keepAwake?(isWanted: boolean): void;
  /** How charged the machine is; undefined on one that has no battery or does not say. */
  battery?(): Promise<Battery | undefined>;
}

export const VERSION = '0.1.0';
export const MAX_UPLOAD_BYTES = 524_288_000;

/** File name extensions, without their dot, of what a chooser offers. */
export const MEDIA_EXTENSIONS = [
  ...['mp3', 'm4a', 'm4b', 'aac', 'mp4', 'm4v', 'mov', 'wav', 'aif', 'aiff'],
  ...['flac', 'ogg', 'oga', 'opus', 'webm', 'mkv', 'mka', 'avi'],
];
export const TRANSCRIPT_EXTENSIONS = ['srt', 'vtt', 'json', 'txt'];
const MODEL_EXTENSION = 'onnx';

function kindOf(name: string): FolderEntry['kind'] | undefined {
  const extension = extname(name).slice(1).toLowerCase();
  if (MEDIA_EXTENSIONS.includes(extension)) return 'media';
  if (extension === MODEL_EXTENSION) return 'model';
  return TRANSCRIPT_EXTENSIONS.includes(extension) ? 'transcript' : undefined;
}

async function describeEntry(folder: string, name: string): Promise<FolderEntry | undefined> {
  const path = join(folder, name);
  // What cannot be looked at (a broken link, no permission) cannot be chosen either.
  const found = await stat(path).catch(() => undefined);
  const kind = found?.isDirectory() === true ? 'folder' : found?.isFile() === true ? kindOf(name) : undefined;
  if (found === undefined || kind === undefined) return undefined;
  return { name, path, kind, sizeBytes: found.size, modifiedAtMs: Math.round(found.mtimeMs) };
}

const byKindAndName = (a: FolderEntry, b: FolderEntry): number =>
  Number(b.kind === 'folder') - Number(a.kind === 'folder') ||
  a.name.localeCompare(b.name, 'en', { numeric: true });

async function listFolder(folder: string): Promise<FolderEntry[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT') throw new AppError('FILE_MISSING', folder, { cause: error });
    if (code === 'ENOTDIR') throw new AppError('BAD_INPUT', `${folder} is not a folder`, { cause: error });
    throw new AppError('NO_PERMISSION', folder, { cause: error });
  }
  const shown = names.filter((name) => !name.startsWith('.'));
  const entries = await Promise.all(shown.map((name) => describeEntry(folder, name)));
  return entries.filter((entry) => entry !== undefined).sort(byKindAndName);
}

async function exportedFile(open: OpenEngine, exportId: string): Promise<ExportedFile> {
  const file = (await open()).exports.get(exportId);
  if (file === undefined) throw new AppError('NOT_FOUND', `there is no export ${exportId}`);
  return file;
}

export function hostHandlers(open: OpenEngine, host: Host): HandlersOf<keyof typeof hostCalls> {
  return {
    'host.describe': () => ({
      kind: host.kind,
      hasNativeDialogs: host.hasNativeDialogs,
      version: VERSION,
      exportFolder: join(homedir(), 'Soundbite clips'),
      maxUploadBytes: MAX_UPLOAD_BYTES,
    }),
    'host.pickMedia': async () => ({ paths: await host.pickMedia() }),
    'host.pickFolder': async ({ startFolder }) => ({ folder: await host.pickFolder(startFolder) }),
    'host.revealExport': async ({ exportId }) => {
      await host.reveal((await exportedFile(open, exportId)).path);
      return {};
    },
    'host.dragExport': async ({ exportId }) => {
      if (host.startDrag === undefined)
        throw new AppError('HOST_CANNOT', 'nothing can be dragged out of here');
      const { path } = await exportedFile(open, exportId);
      if (!existsSync(path)) throw new AppError('FILE_MISSING', path);
      host.startDrag(path);
      return {};
    },
    'host.trashExport': async ({ exportId }) => {
      if (host.trash === undefined) throw new AppError('HOST_CANNOT', 'there is no bin here');
      const { path, bytes } = await exportedFile(open, exportId);
      const found = await stat(path).catch(() => undefined);
      if (found === undefined) throw new AppError('FILE_MISSING', path);
      if (found.size !== bytes) throw new AppError('WRONG_STATE', `${path} is another file by now`);
      await host.trash(path);
      return {};
    },
    'host.listFolder': async ({ folder }) => {
      const chosen = resolve(folder ?? homedir());
      const parent = dirname(chosen);
      return { folder: chosen, parent: parent === chosen ? null : parent, entries: await listFolder(chosen) };
    },
  };
}
