import { expect, test } from 'vitest';
import { installedBrowser } from '../../../scripts/browserFinder.mjs';

const among =
  (...paths: string[]) =>
  (path: string): boolean =>
    paths.includes(path);

test('the browser that is named wins, and is never replaced by another one', () => {
  const env = { CHROMIUM_PATH: '/opt/chrome', PATH: '/usr/bin' };
  expect(installedBrowser('linux', env, among('/opt/chrome', '/usr/bin/chromium'))).toBe('/opt/chrome');
  expect(installedBrowser('linux', env, among('/usr/bin/chromium'))).toBeUndefined();
});

test.runIf(process.platform !== 'win32')('each system is searched where its browsers lie', () => {
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  expect(installedBrowser('darwin', { HOME: '/Users/me' }, among(mac))).toBe(mac);
  expect(installedBrowser('linux', { PATH: '/a:/b' }, among('/b/google-chrome'))).toBe('/b/google-chrome');
  expect(installedBrowser('linux', {}, among('/snap/bin/chromium'))).toBe('/snap/bin/chromium');
  expect(installedBrowser('linux', { PATH: '' }, () => false)).toBeUndefined();
  const edge = '/programs/Microsoft/Edge/Application/msedge.exe';
  expect(installedBrowser('win32', { PROGRAMFILES: '/programs' }, among(edge))).toBe(edge);
});
