import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Caller } from '../../../api/dispatch.ts';
import { AppError } from '../../../domain/errors.ts';
import type { SearchHit } from '../../../domain/showMemory.ts';
import { formatClock } from '../../../domain/time.ts';
import { jsonOption, type RunCommand } from '../command.ts';
import { describeClip } from '../describe.ts';
import type { Output } from '../output.ts';

interface SearchOptions {
  readonly show?: string;
  readonly limit: number;
  readonly page: number;
  readonly clip?: number;
}

function counting(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It has to be a whole number from 1 up.');
  return Number(text);
}

export function addSearch(program: Command, run: RunCommand): void {
  program
    .command('search')
    .description('find the sentences of all episodes that hold all these words, and make clips of them')
    .argument('<words...>', 'the words; a phrase that has to stand together goes in double quotes')
    .option('--show <show>', 'only in this show, by name or id')
    .addOption(new Option('-l, --limit <count>', 'how many on a page').argParser(counting).default(20))
    .addOption(new Option('--page <number>', 'which page').argParser(counting).default(1))
    .addOption(
      new Option('--clip <number>', 'make a clip of the moment with this number').argParser(counting),
    )
    .addOption(jsonOption())
    .addHelpText('after', `\nExample:\n  soundbite search '"the lamp" Agnes' --clip 2`)
    .action((words: string[], options: SearchOptions) =>
      run('looks', ({ call, output }) => runSearch(call, output, words.join(' '), options)),
    );
}

/** Lists a page of what was found, or makes a clip of one moment of it; moments are numbered over all pages. */
async function runSearch(
  call: Caller,
  output: Output,
  words: string,
  { show, limit, page, clip: chosen }: SearchOptions,
): Promise<void> {
  const offset = chosen === undefined ? (page - 1) * limit : chosen - 1;
  const found = await call('search.words', {
    words,
    limit: chosen === undefined ? limit : 1,
    offset,
    ...(show === undefined ? {} : { show }),
  });
  if (chosen === undefined) {
    output.result(found, () => describe(found.hits, found.total, offset));
    return;
  }
  const [hit] = found.hits;
  if (hit === undefined)
    throw new AppError('NOT_FOUND', `the search found ${found.total} moments, so there is no ${chosen}`);
  const { episodeId, fromS, toS } = hit;
  const clip = await call('clips.fromRange', { episodeId, range: { fromS, toS } });
  output.result({ clip }, () => describeClip(clip, clip.rank, clip.id));
}

function describe(hits: readonly SearchHit[], total: number, offset: number): string[] {
  if (total === 0) return ['Nobody says that in any episode.'];
  const lines = hits.flatMap((hit, i) => [
    `${String(offset + i + 1).padStart(3)}.  ${hit.episodeTitle} at ${formatClock(hit.fromS)}${hit.speaker === null ? '' : `, ${hit.speaker}`}${hit.isOffRecord ? '  (off the record)' : ''}`,
    `      ${hit.snippet.map(({ text, isHit }) => (isHit ? `[${text}]` : text)).join('')}`,
  ]);
  return [`${total} ${total === 1 ? 'moment' : 'moments'}`, ...lines];
}
