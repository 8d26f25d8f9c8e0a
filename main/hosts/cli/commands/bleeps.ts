import { type Command, Option } from 'commander';
import type { Caller } from '../../../api/dispatch.ts';
import type { BleepList } from '../../../domain/bleeps.ts';
import { PRESET_IDS, type PresetId } from '../../../domain/preset.ts';
import { jsonOption, type RunCommand } from '../command.ts';
import type { Output } from '../output.ts';

const SHOW = 'id of the show, or of one of its episodes';

/** The words that a show masks in every export. */
export function addBleeps(program: Command, run: RunCommand): void {
  const bleeps = program
    .command('bleeps')
    .description('words that a show masks in every export: in sound, captions, titles and file names')
    .addHelpText('after', '\nExample:\n  soundbite bleeps add ep-7k2m9q4x0d Ottokar "acme corp*"');
  bleeps
    .command('list')
    .description('what is masked')
    .argument('<show>', SHOW)
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite bleeps list ep-7k2m9q4x0d')
    .action((show: string) =>
      run('looks', async ({ call, output }) => {
        print(output, await call('bleeps.list', { showId: await showIdOf(call, show) }));
      }),
    );
  bleeps
    .command('add')
    .description('mask these words in exports from now on; a star at the end stands for any ending')
    .argument('<show>', SHOW)
    .argument('<words...>', 'words or phrases')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite bleeps add ep-7k2m9q4x0d Ottokar "acme corp*"')
    .action((show: string, words: string[]) =>
      run('looks', async ({ call, output }) => {
        print(output, await call('bleeps.add', { showId: await showIdOf(call, show), words }));
      }),
    );
  bleeps
    .command('remove')
    .description('take words off the list')
    .argument('<show>', SHOW)
    .argument('<words...>', 'words as they are on the list')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite bleeps remove ep-7k2m9q4x0d Ottokar')
    .action((show: string, words: string[]) =>
      run('looks', async ({ call, output }) => {
        print(output, await call('bleeps.remove', { showId: await showIdOf(call, show), words }));
      }),
    );
  addSet(bleeps, run);
}

function addSet(bleeps: Command, run: RunCommand): void {
  bleeps
    .command('set')
    .description('what is heard in their place, and which presets are left as they are')
    .argument('<show>', SHOW)
    .addOption(new Option('--mode <mode>', 'what is heard in place of a word').choices(['mute', 'beep']))
    .addOption(
      new Option('--off <preset...>', 'presets in which nothing is masked')
        .choices(PRESET_IDS)
        .conflicts('on'),
    )
    .option('--on', 'mask in every preset')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExample:\n  soundbite bleeps set ep-7k2m9q4x0d --mode mute --off audio audio-mp3',
    )
    .action((show: string, options: { mode?: BleepList['mode']; off?: PresetId[]; on?: true }) =>
      run('looks', async ({ call, output }) => {
        const offPresets = options.on === true ? [] : options.off;
        const list = await call('bleeps.set', {
          showId: await showIdOf(call, show),
          ...(options.mode === undefined ? {} : { mode: options.mode }),
          ...(offPresets === undefined ? {} : { offPresets }),
        });
        print(output, list);
      }),
    );
}

async function showIdOf(call: Caller, id: string): Promise<string> {
  return id.startsWith('ep-') ? (await call('episodes.get', { episodeId: id })).showId : id;
}

const print = (output: Output, list: BleepList): void => {
  output.result(list, () => [
    ...(list.words.length === 0 ? ['Nothing is masked.'] : list.words),
    `A masked word is ${list.mode === 'mute' ? 'silent' : 'a beep'}.`,
    ...(list.offPresets.length === 0 ? [] : [`Nothing is masked for ${list.offPresets.join(', ')}.`]),
  ]);
};
