import type { Command } from 'commander';
import type { CallName } from '../../../contract/index.ts';
import type { ProductionStatus } from '../../../domain/production.ts';
import { jsonOption, type CommandContext, type RunCommand } from '../command.ts';
import { describeProduction } from '../describeQueue.ts';

type ProductionCall = Extract<CallName, `production.${string}`>;

const DOES: Readonly<Record<ProductionCall, string>> = {
  'production.status': 'who produces right now, and what that means for background review',
  'production.pause': 'keep background review aside until you say otherwise, over restarts',
  'production.resume': 'let background review go on, even beside an export that runs',
  'production.follow':
    'let background review follow the exports again: aside while one runs, back afterwards',
};

/** The production lock: what holds review back, and a person's word over it. */
export function addProduction(program: Command, run: RunCommand): void {
  const production = program
    .command('production')
    .description('exports come first: see what holds background review back, and overrule it')
    .addHelpText('after', '\nExample:\n  soundbite production status');
  for (const [name, does] of Object.entries(DOES) as [ProductionCall, string][]) {
    const command = name.replace('production.', '');
    production
      .command(command)
      .description(does)
      .addOption(jsonOption())
      .addHelpText('after', `\nExample:\n  soundbite production ${command}`)
      .action(() => run('looks', (context) => runProduction(context, name)));
  }
}

async function runProduction({ call, output }: CommandContext, name: ProductionCall): Promise<void> {
  const status: ProductionStatus = await call(name, {});
  output.result(status, () => describeProduction(status));
}
