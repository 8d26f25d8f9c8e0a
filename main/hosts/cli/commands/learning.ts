import type { Command } from 'commander';
import type { Caller } from '../../../api/dispatch.ts';
import { AppError } from '../../../domain/errors.ts';
import type { ShowLearning } from '../../../domain/learning.ts';
import { jsonOption, type RunCommand } from '../command.ts';
import { spaced } from '../describe.ts';
import type { Output } from '../output.ts';

interface LearningOptions {
  readonly reset?: true;
  readonly freeze?: true;
  readonly unfreeze?: true;
}

export function addLearning(program: Command, run: RunCommand): void {
  program
    .command('learning')
    .description('what your feedback has taught the scorer about a show, and why')
    .argument('<show>', 'name or id of the show')
    .option('--reset', 'put every weight back; what was said stays, but counts no more')
    .option('--freeze', 'hold the weights as they are')
    .option('--unfreeze', 'let them move again')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite learning "Still Works" --freeze')
    .action((show: string, options: LearningOptions) =>
      run('looks', ({ call, output }) => runLearning(call, output, show, options)),
    );
}

async function runLearning(
  call: Caller,
  output: Output,
  show: string,
  { reset, freeze, unfreeze }: LearningOptions,
): Promise<void> {
  if (freeze === true && unfreeze === true)
    throw new AppError('BAD_INPUT', 'the weights are frozen or they are not');
  let told = reset === true ? await call('learning.reset', { show }) : await call('learning.show', { show });
  if (freeze === true || unfreeze === true)
    told = await call('learning.freeze', { show, isFrozen: freeze === true });
  output.result(told, () => describe(told));
}

const LEDGER_LINES = 12;
const asPercent = (share: number): string => `${Math.round(share * 100)} %`;

function describe(told: ShowLearning): string[] {
  const { showName, signals, signalsNeeded, isFrozen, multipliers, agreement, hitRate, ledger } = told;
  const moved = Object.entries(multipliers).map(([part, by]) => `${spaced(part)} x ${by.toFixed(3)}`);
  const waiting = signals < signalsNeeded ? `; ${signalsNeeded} are needed before anything moves` : '';
  return [
    `${showName}: ${signals} ${signals === 1 ? 'signal' : 'signals'}${waiting}${isFrozen ? '; frozen' : ''}`,
    moved.length === 0 ? '  No weight has moved.' : `  ${moved.join(', ')}`,
    ...(agreement === null
      ? []
      : [
          `  Of two clips you judged differently, the better one scores higher in ${asPercent(agreement.unlearned)} without ` +
            `learning, in ${asPercent(agreement.learned)} with it (${agreement.clips} clips, each held out in turn).`,
        ]),
    ...(hitRate === null ? [] : [`  ${hitRate.sentence}`]),
    ...ledger
      .slice(0, LEDGER_LINES)
      .map(
        ({ part, before, after, because }) =>
          `    ${spaced(part)}: ${before.toFixed(3)} to ${after.toFixed(3)}. ${because}`,
      ),
    ...(ledger.length > LEDGER_LINES
      ? [`    and ${ledger.length - LEDGER_LINES} earlier moves (--json lists all)`]
      : []),
  ];
}
