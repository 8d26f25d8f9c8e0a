import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Caller } from '../../../api/dispatch.ts';
import type { ClipFeedback } from '../../../contract/feedback.ts';
import type { Input } from '../../../contract/index.ts';
import { AppError } from '../../../domain/errors.ts';
import type { Feedback } from '../../../domain/feedback.ts';
import { jsonOption, type RunCommand } from '../command.ts';
import { describeClip } from '../describe.ts';
import type { Output } from '../output.ts';

interface FeedbackOptions {
  readonly keep?: true;
  readonly reject?: string | true;
  readonly rating?: number;
  readonly comment?: string;
  readonly undo?: true;
}

function stars(text: string): number {
  if (!/^[1-5]$/.test(text)) throw new InvalidArgumentError('It has to be a whole number from 1 to 5.');
  return Number(text);
}

export function addFeedback(program: Command, run: RunCommand): void {
  program
    .command('feedback')
    .description('say what you think of a clip; without an option: what was said so far')
    .argument('<clip>', 'id of the clip')
    .option('--keep', 'keep it')
    .option('--reject [reason]', 'reject it, and why')
    .addOption(new Option('--rating <stars>', 'from 1 to 5').argParser(stars))
    .option('--comment <text>', 'a note to yourself')
    .option('--undo', 'take back the last keep or reject')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite feedback clip-4d8z0m1k7q --reject "too long" --rating 2')
    .action((clipId: string, options: FeedbackOptions) =>
      run('looks', ({ call, output }) => runFeedback(call, output, clipId, options)),
    );
}

function toInput(clipId: string, options: FeedbackOptions): Input<'feedback.give'> {
  const { keep, reject, rating, comment } = options;
  if (keep === true && reject !== undefined)
    throw new AppError('BAD_INPUT', 'a clip is kept or rejected, not both');
  return {
    clipId,
    ...(keep === true ? { decision: 'keep' } : {}),
    ...(reject === undefined ? {} : { decision: 'reject' }),
    ...(typeof reject === 'string' ? { reason: reject } : {}),
    ...(rating === undefined ? {} : { rating }),
    ...(comment === undefined ? {} : { comment }),
  };
}

/** Says something about a clip, takes the last decision back, or only tells what was said. */
async function runFeedback(
  call: Caller,
  output: Output,
  clipId: string,
  options: FeedbackOptions,
): Promise<void> {
  const { undo } = options;
  const given = toInput(clipId, options);
  const saysNothing = Object.keys(given).length === 1;
  if (undo === true && !saysNothing)
    throw new AppError('BAD_INPUT', 'take a decision back, or give a new one, not both');
  const told =
    undo === true
      ? await call('feedback.undo', { clipId })
      : saysNothing
        ? await call('feedback.list', { clipId })
        : await call('feedback.give', given);
  output.result(told, () => describe(told));
}

const describe = ({ clip, feedback }: ClipFeedback): string[] => [
  ...describeClip(clip, clip.rank, clip.id).slice(0, 2),
  `      ${clip.state}`,
  ...feedback.map((entry) => `      ${describeEntry(entry)}`),
];

function describeEntry({ kind, rating, comment, givenAtMs, undoneAtMs }: Feedback): string {
  const when = new Date(givenAtMs).toISOString().slice(0, 16).replace('T', ' ');
  const stars = rating === null ? '' : ` ${rating} of 5`;
  const words = comment === null ? '' : `: ${comment}`;
  return `${when}  ${kind}${stars}${words}${undoneAtMs === null ? '' : '  (taken back)'}`;
}
