import type { Command } from 'commander';
import type { Caller } from '../../../api/dispatch.ts';
import { AppError } from '../../../domain/errors.ts';
import { lengthS } from '../../../domain/time.ts';
import type { Segment } from '../../../domain/transcript.ts';
import type { Output } from '../output.ts';
import { jsonOption, type RunCommand } from '../command.ts';
import { assertCompleted } from '../work.ts';

interface SpeakersCommand {
  readonly episodeId: string;
  readonly people?: string;
}

export function addSpeakers(program: Command, run: RunCommand): void {
  program
    .command('speakers')
    .description('tell who says what by the voices; needs the two speaker models, and words')
    .argument('<episode>', 'id of the episode')
    .option('-p, --people <number>', 'how many people speak; found out when left out')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite speakers ep-7k2m9q4x0d --people 2')
    .action((episodeId: string, options: { people?: string }) =>
      run('works', ({ call, output }) => runSpeakers(call, output, { episodeId, ...options })),
    );
}

function countOf(people: string): number {
  const count = Number(people);
  if (Number.isInteger(count) && count >= 1 && count <= 20) return count;
  throw new AppError('BAD_INPUT', `--people takes a number from 1 to 20, not ${people}`);
}

async function runSpeakers(
  call: Caller,
  output: Output,
  { episodeId, people }: SpeakersCommand,
): Promise<void> {
  const { job } = await call('speakers.tell', {
    episodeId,
    ...(people === undefined ? {} : { speakers: countOf(people) }),
  });
  const [settled = job] = await call('jobs.settled', { jobIds: [job.id] });
  assertCompleted(settled);
  const episode = await call('episodes.get', { episodeId });
  const range = { fromS: 0, toS: episode.durationS + 60 };
  const { segments } = await call('episodes.words', { episodeId, range });
  const speakers = sharesOf(segments);
  output.result({ speakers }, () =>
    speakers.map(({ speaker, spokenS }) => `${speaker}  ${(spokenS / 60).toFixed(1)} min`),
  );
}

function sharesOf(segments: readonly Segment[]): { speaker: string; spokenS: number }[] {
  const spoken = new Map<string, number>();
  for (const { speaker = 'nobody', ...segment } of segments)
    spoken.set(speaker, (spoken.get(speaker) ?? 0) + lengthS(segment));
  return [...spoken].map(([speaker, spokenS]) => ({ speaker, spokenS: Math.round(spokenS * 10) / 10 }));
}
