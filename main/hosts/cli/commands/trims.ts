import { InvalidArgumentError, type Command } from 'commander';
import type { Caller } from '../../../api/dispatch.ts';
import type { Clip } from '../../../domain/clip.ts';
import { parseClock } from '../../../domain/time.ts';
import { describeClip, signed } from '../describe.ts';
import type { Output } from '../output.ts';
import { jsonOption, type RunCommand } from '../command.ts';

function clockTime(text: string): number {
  const seconds = parseClock(text);
  if (seconds === undefined) throw new InvalidArgumentError('A time is 34:12, 1:02:03.5 or seconds.');
  return seconds;
}

function offerNumber(text: string): number {
  if (!/^[1-9]\d?$/u.test(text)) throw new InvalidArgumentError('It has to be the number of an offer.');
  return Number(text);
}

/** Commands that cut a clip anew and take that back. */
export function addTrims(program: Command, run: RunCommand): void {
  program
    .command('trim')
    .description('cut a clip anew, to the whole sentences nearest to these times; it is scored again at once')
    .argument('<clip>', 'id of the clip')
    .argument('<from>', 'where it begins in the episode, such as 34:12', clockTime)
    .argument('<to>', 'where it ends', clockTime)
    .option('--words', 'cut at the nearest words instead: sentences may be cut into')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite trim clip-4d8z0m1k7q 34:12 34:50')
    .action((clipId: string, inS: number, outS: number, options: { words?: true }) =>
      run('looks', ({ call, output }) =>
        runRecut(call, output, clipId, () =>
          call('clips.trim', { clipId, inS, outS, snap: options.words !== true }),
        ),
      ),
    );
  program
    .command('fix')
    .description('apply one of the better cuts that explain offers')
    .argument('<clip>', 'id of the clip')
    .argument('<number>', 'number of the offer', offerNumber)
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite fix clip-4d8z0m1k7q 1')
    .action((clipId: string, number: number) =>
      run('looks', ({ call, output }) =>
        runRecut(call, output, clipId, () => call('clips.applyFix', { clipId, fix: number - 1 })),
      ),
    );
  program
    .command('undo')
    .description('take the last trim of a clip back')
    .argument('<clip>', 'id of the clip')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite undo clip-4d8z0m1k7q')
    .action((clipId: string) =>
      run('looks', ({ call, output }) =>
        runRecut(call, output, clipId, () => call('clips.undo', { clipId })),
      ),
    );
}

async function runRecut(
  call: Caller,
  output: Output,
  clipId: string,
  act: () => Promise<Clip>,
): Promise<void> {
  const { clip: before } = await call('clips.explain', { clipId });
  const clip = await act();
  const gain = Math.round((clip.score - before.score) * 10) / 10;
  output.result({ clip, gain }, () => [
    ...describeClip(clip, clip.rank, clip.id),
    `${signed(gain)} points; to take it back: soundbite undo ${clip.id}`,
  ]);
}
