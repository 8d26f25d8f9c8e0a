import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Caller } from '../../../api/dispatch.ts';
import type { EpisodeLine } from '../../../domain/line.ts';
import { formatClock } from '../../../domain/time.ts';
import type { Output } from '../output.ts';
import { jsonOption, type RunCommand } from '../command.ts';

function lineCount(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 1000)
    throw new InvalidArgumentError('It has to be a whole number from 1 to 1000.');
  return value;
}

export function addLines(program: Command, run: RunCommand): void {
  program
    .command('lines')
    .description('whole sentences of 3 to 12 s that stand alone, best first: for cold opens and quote cards')
    .argument('<episode>', 'id of the episode')
    .addOption(new Option('-l, --limit <count>', 'how many lines').argParser(lineCount).default(10))
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite lines ep-7k2m9q4x0d --limit 5')
    .action((episodeId: string, options: { limit: number }) =>
      run('looks', ({ call, output }) => runLines(call, output, episodeId, options.limit)),
    );
}

const describeLine = ({ score, inS, durationS, text, speaker }: EpisodeLine, rank: number): string =>
  `${String(rank + 1).padStart(2)}.  ${String(Math.round(score)).padStart(3)}  ${formatClock(inS)}, ${durationS.toFixed(1)} s  ` +
  `${speaker === undefined ? '' : `${speaker}: `}${text}`;

async function runLines(call: Caller, output: Output, episodeId: string, limit: number): Promise<void> {
  const lines = await call('clips.lines', { episodeId, limit });
  output.result({ lines }, () =>
    lines.length === 0 ? ['No sentence of this episode stands alone.'] : lines.map(describeLine),
  );
}
