import { join } from 'node:path';
import { dialog, powerSaveBlocker, shell, type BrowserWindow, type OpenDialogOptions } from 'electron';
import { MEDIA_EXTENSIONS, TRANSCRIPT_EXTENSIONS, type Host } from '../../api/host.ts';
import { AppError } from '../../domain/errors.ts';
import { readBattery } from '../battery.ts';

/** What the desktop supplies to the engine: its dialogs, its file manager, its bin. */
export function electronHost(currentWindow: () => BrowserWindow | undefined, resourcesDir: string): Host {
  const theWindow = (): BrowserWindow => {
    const window = currentWindow();
    if (window === undefined) throw new AppError('HOST_CANNOT', 'the window was closed');
    return window;
  };
  let blocker: number | undefined;
  const choose = async (options: OpenDialogOptions): Promise<string[] | null> => {
    const { canceled, filePaths } = await dialog.showOpenDialog(theWindow(), options);
    return canceled || filePaths.length === 0 ? null : filePaths;
  };
  return {
    kind: 'electron',
    hasNativeDialogs: true,
    pickMedia: () =>
      choose({
        properties: ['openFile', 'multiSelections'],
        filters: [
          { name: 'Episodes and transcripts', extensions: [...MEDIA_EXTENSIONS, ...TRANSCRIPT_EXTENSIONS] },
          { name: 'All files', extensions: ['*'] },
        ],
      }),
    async pickFolder(startFolder) {
      const start = startFolder === undefined ? {} : { defaultPath: startFolder };
      const chosen = await choose({ properties: ['openDirectory', 'createDirectory'], ...start });
      return chosen?.[0] ?? null;
    },
    reveal(path) {
      shell.showItemInFolder(path);
      return Promise.resolve();
    },
    startDrag(path) {
      theWindow().webContents.startDrag({ file: path, icon: join(resourcesDir, 'icons', '64x64.png') });
    },
    trash: (path) => shell.trashItem(path),
    keepAwake(isWanted) {
      if (isWanted) blocker ??= powerSaveBlocker.start('prevent-app-suspension');
      if (isWanted || blocker === undefined) return;
      powerSaveBlocker.stop(blocker);
      blocker = undefined;
    },
    battery: () => readBattery(),
  };
}
