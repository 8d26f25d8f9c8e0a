import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { ProductionStatus } from '../../../main/domain/production.ts';
import { openLog } from '../../../main/engine/monitor/log.ts';
import { productionDiary } from '../../../main/engine/monitor/productionDiary.ts';
import { temporaryFolder } from '../../support/folder.ts';

const read = (path: string): Record<string, unknown>[] =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('every event is a line of JSON with its time', () => {
  using folder = temporaryFolder();
  const path = folder.file('logs/soundbite.log');
  const log = openLog(path, () => 0);
  log.write('begun');
  log.write('ended', { jobs: 3 });
  expect(read(path)).toEqual([
    { at: '1970-01-01T00:00:00.000Z', pid: process.pid, event: 'begun' },
    { at: '1970-01-01T00:00:00.000Z', pid: process.pid, event: 'ended', jobs: 3 },
  ]);
});

test('a log that has grown large is begun anew, and only the last few are kept', () => {
  using folder = temporaryFolder();
  const path = folder.file('soundbite.log');
  const log = openLog(path);
  for (let round = 1; round <= 5; round += 1) {
    log.write('round', { round });
    appendFileSync(path, 'x'.repeat(2 * 1024 * 1024));
  }
  log.write('last');
  expect(read(path).map(({ event }) => event)).toEqual(['last']);
  expect([1, 2, 3, 4].map((number) => existsSync(`${path}.${number}`))).toEqual([true, true, true, false]);
});

test('a log that cannot be written to stops nothing', () => {
  using folder = temporaryFolder();
  writeFileSync(folder.file('logs'), 'not a folder');
  expect(() => {
    openLog(folder.file('logs/soundbite.log')).write('begun');
  }).not.toThrow();
});

test('the diary tells each change of the production lock once, and nothing when nothing has changed', () => {
  using folder = temporaryFolder();
  const path = folder.file('soundbite.log');
  const note = productionDiary(openLog(path));
  const quiet: ProductionStatus = {
    productionActive: false,
    productionInfo: [],
    reviewPaused: false,
    reason: null,
    sinceMs: null,
    expiresMs: null,
    override: null,
    deferred: 0,
    totals: { pauses: 0, pausedMs: 0, parked: 0, deferred: 0 },
  };
  const held: ProductionStatus = {
    ...quiet,
    productionActive: true,
    reviewPaused: true,
    reason: 'An export.',
  };
  for (const status of [quiet, quiet, held, held, { ...held, deferred: 4 }, quiet]) note(status);
  expect(read(path).map(({ event, reason }) => [event, reason])).toEqual([
    ['review stands aside', 'An export.'],
    ['review may run', null],
  ]);
});
