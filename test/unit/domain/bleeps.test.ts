import { expect, test } from 'vitest';
import { type BleepList, bleepsFor } from '../../../main/domain/bleeps.ts';

const list: BleepList = { words: ['Ottokar', 'acme*'], mode: 'beep', offPresets: ['audio'] };

test('an export masks what its show masks, and what is asked for beside it, each word once', () => {
  expect(bleepsFor(list, 'tiktok', undefined)).toEqual({ words: ['Ottokar', 'acme*'], mode: 'beep' });
  expect(bleepsFor(list, 'tiktok', { words: ['ottokar', 'Lena'], mode: 'mute' })).toEqual({
    ...{ words: ['Ottokar', 'acme*', 'Lena'], mode: 'mute' },
  });
});

test('a preset that is left as it is masks only what is asked for', () => {
  expect(bleepsFor(list, 'audio', undefined)).toBeNull();
  expect(bleepsFor(list, 'audio', { words: ['Lena'], mode: 'mute' })).toEqual({
    words: ['Lena'],
    mode: 'mute',
  });
});

test('whoever asks for no bleeps gets none', () => {
  expect(bleepsFor(list, 'tiktok', null)).toBeNull();
});
