import { expect, test } from 'vitest';
import type { Battery, Host } from '../../main/api/host.ts';
import { watchPower } from '../../main/api/power.ts';
import { createEngine } from '../../main/engine/createEngine.ts';
import { findResources } from '../../main/hosts/resources.ts';
import { temporaryFolder } from '../support/folder.ts';

/** A shell on a machine whose charge the test decides. */
function hostWith(charge: { battery: Battery | undefined }): Host & { readonly awake: boolean[] } {
  const refuse = (): Promise<never> => Promise.reject(new Error('not here'));
  const awake: boolean[] = [];
  return {
    kind: 'cli',
    hasNativeDialogs: false,
    pickMedia: refuse,
    pickFolder: refuse,
    reveal: refuse,
    awake,
    keepAwake: (isWanted) => awake.push(isWanted),
    battery: () => Promise.resolve(charge.battery),
  };
}

test('on a low battery exports wait and say why; with mains power they go on by themselves, or by hand before', async () => {
  using folder = temporaryFolder();
  const lines: string[] = [];
  const engine = await createEngine({
    env: { ...process.env, SOUNDBITE_HOME: folder.file('home') },
    resourcesDir: findResources(),
    works: true,
    onNotice: (line) => lines.push(line),
    onBug: (error) => {
      throw error;
    },
  });
  const charge = { battery: { isDischarging: true, percent: 12 } };
  const pauses = () => engine.queue.overview.pauses();
  let stop = watchPower(engine, hostWith(charge));
  await expect.poll(pauses).toEqual([{ scope: 'production', because: 'battery' }]);
  expect(lines).toEqual([
    'The battery is at 12 %: exports wait for mains power. Resume them by hand if they cannot wait.',
  ]);
  stop();

  charge.battery = { isDischarging: false, percent: 12 };
  stop = watchPower(engine, hostWith(charge));
  await expect.poll(pauses).toEqual([]);
  stop();

  charge.battery = { isDischarging: true, percent: 12 };
  stop = watchPower(engine, hostWith(charge));
  await expect.poll(() => pauses().length).toBe(1);
  await engine.queue.resumeScope('production');
  expect(pauses()).toEqual([]);
  stop();
  await engine.close();
});
