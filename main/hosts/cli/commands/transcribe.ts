import type { Command } from 'commander';
import type { Caller } from '../../../api/dispatch.ts';
import { formatClock } from '../../../domain/time.ts';
import type { Output } from '../output.ts';
import { jsonOption, type RunCommand } from '../command.ts';
import { assertCompleted } from '../work.ts';

export interface TranscribeCommand {
  readonly episodeId: string;
  readonly model?: string;
  readonly language?: string;
}

export function addTranscribe(program: Command, run: RunCommand): void {
  program
    .command('transcribe')
    .description('recognise the words of an episode on this machine, and look for clips again')
    .argument('<episode>', 'id of the episode')
    .option('-m, --model <model>', 'id of a model that is here; the chosen one when left out')
    .option('-l, --language <tag>', 'language that is spoken, such as en or de; found out when left out')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite transcribe ep-7k2m9q4x0d --language en')
    .action((episodeId: string, options: { model?: string; language?: string }) =>
      run('works', ({ call, output }) => runTranscribe(call, output, { episodeId, ...options })),
    );
}

async function runTranscribe(call: Caller, output: Output, command: TranscribeCommand): Promise<void> {
  const { job } = await call('recognition.start', {
    episodeId: command.episodeId,
    ...(command.model === undefined ? {} : { modelId: command.model }),
    ...(command.language === undefined ? {} : { language: command.language }),
  });
  const [settled = job] = await call('jobs.settled', { jobIds: [job.id] });
  assertCompleted(settled);
  const { episodeId } = command;
  const episode = await call('episodes.get', { episodeId });
  const { segments } = await call('episodes.words', {
    episodeId,
    range: { fromS: 0, toS: episode.durationS + 60 },
  });
  const factor = settled.result?.['realTimeFactor'];
  if (typeof factor === 'number')
    output.note(`Recognised ${(1 / factor).toFixed(1)} times as fast as it is spoken.`);
  for (const note of episode.notes) output.note(note);
  output.result(
    {
      language: episode.language,
      realTimeFactor: factor ?? null,
      segments: segments.map(({ speaker, fromS, toS, text, words, timing }) => ({
        ...(speaker === undefined ? {} : { speaker }),
        ...{ fromS, toS, text, words, timing },
      })),
    },
    () => segments.map(({ fromS, text }) => `${formatClock(fromS).padStart(8)}  ${text}`),
  );
}

/** Waits for the transcriptions that intakes have put in line; those that fail are told, and clips are found by ear. */
export async function settleTranscriptions(
  call: Caller,
  output: Output,
  episodeIds: readonly string[],
): Promise<void> {
  const current = await Promise.all(
    episodeIds.map((episodeId) => call('recognition.current', { episodeId })),
  );
  // One that a person has paused stays until they say otherwise.
  const jobIds = current.flatMap(({ job }) => (job === null || job.state === 'paused' ? [] : [job.id]));
  if (jobIds.length === 0) return;
  for (const job of await call('jobs.settled', { jobIds })) {
    if (job.failure !== null)
      output.note(
        `The words of ${job.label} could not be recognised. ${job.failure.title} ${job.failure.detail}`,
      );
  }
}
