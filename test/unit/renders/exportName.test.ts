import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exportFileName, type ExportNameParts } from '../../../main/engine/renders/exportName.ts';

const parts: ExportNameParts = {
  episode: 'Small Repairs 41',
  rank: 1,
  title: 'Two hundred people missed the ferry',
  preset: 'reels',
  show: 'Small Repairs',
  date: '2026-11-22',
};
const TEMPLATE = '{episode} {rank} {title} {preset}';

test('a template is filled in', () => {
  expect(exportFileName(TEMPLATE, parts, 'mp4')).toBe(
    'Small Repairs 41 1 Two hundred people missed the ferry reels.mp4',
  );
  expect(exportFileName('{date} - {show} - clip {rank}', parts, 'm4a')).toBe(
    '2026-11-22 - Small Repairs - clip 1.m4a',
  );
});

test('an empty part goes together with its separator', () => {
  expect(exportFileName('{show} - {title} - {preset}', { ...parts, title: '' }, 'mp4')).toBe(
    'Small Repairs - reels.mp4',
  );
  expect(exportFileName('{title} - {preset}', { ...parts, title: '???' }, 'mp4')).toBe('reels.mp4');
  expect(exportFileName('{title}', { ...parts, title: '' }, 'mp4')).toBe('clip.mp4');
});

test.each([
  ['AC/DC: "why?"', 'AC-DC - why.mp4'],
  ['.hidden', 'hidden.mp4'],
  ['--rm -rf', 'rm -rf.mp4'],
  ['../../etc/passwd', 'etc-passwd.mp4'],
  ['ends with dots...', 'ends with dots.mp4'],
  ['CON', '_CON.mp4'],
  ['com1.final', '_com1.final.mp4'],
  ['tab\tand\u0000nul', 'tab and nul.mp4'],
  ['evil\u202egpj', 'evilgpj.mp4'],
  ['日本の話 👩‍👩‍👧 café', '日本の話 👩‍👩‍👧 café.mp4'],
])('the title %j becomes %j', (title, name) => {
  expect(exportFileName('{title}', { ...parts, title }, 'mp4')).toBe(name);
});

test('a long title gives way so that the preset stays, and no emoji is cut in two', () => {
  const name = exportFileName(TEMPLATE, { ...parts, title: '👩‍👩‍👧'.repeat(40) }, 'mp4');
  expect(name).toMatch(/^Small Repairs 41 1 (👩‍👩‍👧)+ reels\.mp4$/u);
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(124);
});

test('whatever it is called, every system can store it', () => {
  const text = fc.string({ unit: 'binary', maxLength: 300 });
  fc.assert(
    fc.property(text, text, text, (template, title, show) => {
      const name = exportFileName(`${template}{title} {show}`, { ...parts, title, show }, 'mp4');
      expect(name).toMatch(/^[^\p{Cc}\p{Cs}<>:"/\\|?*]+\.mp4$/u);
      expect(name).not.toMatch(/^[.\-\s]|[.\s]\.mp4$|^(con|prn|aux|nul|com\d|lpt\d)\./i);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(124);
    }),
  );
});
