import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decidePower, type PowerSituation } from '../../../main/api/power.ts';
import { parsePmset, parseWin32Battery, readLinuxSupplies } from '../../../main/hosts/battery.ts';
import { awakeCommand } from '../../../main/hosts/browser/keepAwake.ts';
import { temporaryFolder } from '../../support/folder.ts';

const situation = (more: Partial<PowerSituation>): PowerSituation => ({
  battery: { isDischarging: true, percent: 50 },
  leastPercent: 20,
  isPausedForPower: false,
  isOverruled: false,
  isProducing: true,
  mayKeepAwake: true,
  ...more,
});
const onBattery = (percent: number) => ({ battery: { isDischarging: true, percent } });

test.each<[string, Partial<PowerSituation>, ReturnType<typeof decidePower>]>([
  ['half full', {}, { production: 'leave', keepAwake: false }],
  ['low', onBattery(19), { production: 'pause', keepAwake: false }],
  [
    'low, and a person wants it done',
    { ...onBattery(19), isOverruled: true },
    { production: 'leave', keepAwake: false },
  ],
  [
    'a little over the limit again',
    { ...onBattery(22), isPausedForPower: true },
    { production: 'leave', keepAwake: false },
  ],
  [
    'well over the limit again',
    { ...onBattery(25), isPausedForPower: true },
    { production: 'resume', keepAwake: false },
  ],
  [
    'on mains power again',
    { battery: { isDischarging: false, percent: 9 }, isPausedForPower: true },
    { production: 'resume', keepAwake: true },
  ],
  ['no battery at all', { battery: undefined }, { production: 'leave', keepAwake: true }],
  [
    'no battery and nothing to do',
    { battery: undefined, isProducing: false },
    { production: 'leave', keepAwake: false },
  ],
  [
    'a person lets the machine sleep',
    { battery: undefined, mayKeepAwake: false },
    { production: 'leave', keepAwake: false },
  ],
])('%s', (_title, more, decision) => {
  expect(decidePower(situation(more))).toEqual(decision);
});

test('Linux tells the charge of the machine and not of its mouse', async () => {
  using folder = temporaryFolder();
  const supply = (name: string, facts: Record<string, string>): void => {
    mkdirSync(folder.file(name));
    for (const [fact, value] of Object.entries(facts))
      writeFileSync(join(folder.path, name, fact), `${value}\n`);
  };
  supply('AC', { type: 'Mains', online: '0' });
  supply('BAT-mouse', { type: 'Battery', scope: 'Device', status: 'Discharging', capacity: '3' });
  expect(await readLinuxSupplies(folder.path)).toBeUndefined();
  supply('BAT0', { type: 'Battery', status: 'Discharging', capacity: '63' });
  expect(await readLinuxSupplies(folder.path)).toEqual({ isDischarging: true, percent: 63 });
});

test('macOS and Windows tell it in their own words', () => {
  const pmset = (source: string, state: string): string =>
    `Now drawing from '${source}'\n -InternalBattery-0 (id=4653155)\t63%; ${state}; 4:52 remaining present: true\n`;
  expect(parsePmset(pmset('Battery Power', 'discharging'))).toEqual({ isDischarging: true, percent: 63 });
  expect(parsePmset(pmset('AC Power', 'charging'))).toEqual({ isDischarging: false, percent: 63 });
  expect(parsePmset("Now drawing from 'AC Power'\n")).toBeUndefined();
  expect(parseWin32Battery('{"BatteryStatus":1,"EstimatedChargeRemaining":18}')).toEqual({
    isDischarging: true,
    percent: 18,
  });
  expect(parseWin32Battery('[{"BatteryStatus":2,"EstimatedChargeRemaining":80}]')).toEqual({
    isDischarging: false,
    percent: 80,
  });
  expect(parseWin32Battery('\r\n')).toBeUndefined();
});

test('a system is kept awake only for as long as our process lives', () => {
  expect(awakeCommand('darwin', 42)?.args).toContain('42');
  expect(awakeCommand('linux', 42)?.args).toContain('--pid=42');
  expect(awakeCommand('win32', 42)).toBeUndefined();
});
