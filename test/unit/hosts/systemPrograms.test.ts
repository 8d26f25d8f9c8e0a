import { expect, test } from 'vitest';
import { launch } from '../../../main/hosts/browser/launch.ts';
import { openCommand } from '../../../main/hosts/browser/openAddress.ts';
import { reveal, revealCommand } from '../../../main/hosts/browser/reveal.ts';
import { temporaryFolder } from '../../support/folder.ts';

test('a file is shown by a program and its arguments, whatever its name holds', () => {
  const name = '/clips/$(rm -rf ~) "quoted"; --help.mp4';
  expect(revealCommand('linux', name)).toEqual({ file: 'xdg-open', args: ['/clips'] });
  expect(revealCommand('darwin', name)).toEqual({ file: 'open', args: ['-R', name] });
  expect(revealCommand('win32', 'C:\\My clips\\a, b.mp4')).toEqual({
    file: 'explorer.exe',
    args: ['/select,"C:\\My clips\\a, b.mp4"'],
    isVerbatim: true,
  });
});

test('an address is opened where there is a screen, and nowhere else', () => {
  const url = 'http://127.0.0.1:4321/?token=x';
  expect(openCommand('linux', {}, url)).toBeUndefined();
  expect(openCommand('linux', { WAYLAND_DISPLAY: 'wayland-0' }, url)).toEqual({
    file: 'xdg-open',
    args: [url],
  });
  expect(openCommand('darwin', {}, url)).toEqual({ file: 'open', args: [url] });
  expect(openCommand('win32', {}, url)).toEqual({
    file: 'rundll32.exe',
    args: ['url.dll,FileProtocolHandler', url],
  });
});

test('a program that is not there, or a file that has gone, is an error with a name', async () => {
  using folder = temporaryFolder();
  await expect(launch({ file: folder.file('no-such-program'), args: [] })).rejects.toMatchObject({
    code: 'HOST_CANNOT',
  });
  await expect(reveal(folder.file('gone.mp4'))).rejects.toMatchObject({ code: 'FILE_MISSING' });
  await expect(launch({ file: process.execPath, args: ['--version'] })).resolves.toBeUndefined();
});
