import type { Command } from 'commander';
import type { Caller } from '../../../api/dispatch.ts';
import { AppError } from '../../../domain/errors.ts';
import type { SpeechModel } from '../../../domain/speechModel.ts';
import type { Output } from '../output.ts';
import { jsonOption, type RunCommand } from '../command.ts';
import { assertCompleted } from '../work.ts';

export function addModels(program: Command, run: RunCommand): void {
  const models = program
    .command('models')
    .description('speech models on this machine: what there is, what is here, how fast it is')
    .addHelpText('after', '\nExample:\n  soundbite models download parakeet-v3');
  models
    .command('list')
    .description('the models that can be had, and those that are here')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite models list')
    .action(() => run('looks', ({ call, output }) => runModelsList(call, output)));
  models
    .command('download')
    .description('fetch a model; what was interrupted goes on where it stopped')
    .argument('<model>', 'id of the model')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite models download whisper-base')
    .action((id: string) => run('works', ({ call, output }) => runModelsDownload(call, output, id)));
  models
    .command('import')
    .description('copy a model from disk: a folder of its files, or one file')
    .argument('<path>', 'the folder or file')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite models import ~/sherpa-onnx-whisper-small')
    .action((path: string) => run('looks', ({ call, output }) => runModelsImport(call, output, path)));
  models
    .command('remove')
    .description('delete a model from this machine')
    .argument('<model>', 'id of the model')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite models remove whisper-tiny')
    .action((id: string) => run('looks', ({ call, output }) => runModelsRemove(call, output, id)));
  models
    .command('choose')
    .description('which model transcribes episodes that come without words')
    .argument('<model>', 'id of a model that is here, or "none"')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite models choose parakeet-v3')
    .action((id: string) => run('looks', ({ call, output }) => runModelsChoose(call, output, id)));
  models
    .command('benchmark')
    .description('measure how fast a model is on this machine')
    .argument('<model>', 'id of the model')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite models benchmark parakeet-v3')
    .action((id: string) => run('looks', ({ call, output }) => runModelsBenchmark(call, output, id)));
}

async function runModelsList(call: Caller, output: Output): Promise<void> {
  const models = await call('models.list', {});
  output.result({ models }, () => models.map(describeModel));
}

async function runModelsDownload(call: Caller, output: Output, id: string): Promise<void> {
  const { job } = await call('models.download', { modelId: id });
  const [settled = job] = await call('jobs.settled', { jobIds: [job.id] });
  assertCompleted(settled);
  await tellModel(call, output, id);
}

async function runModelsImport(call: Caller, output: Output, path: string): Promise<void> {
  const model = await call('models.import', { path });
  output.result({ model }, () => [describeModel(model)]);
}

async function runModelsRemove(call: Caller, output: Output, id: string): Promise<void> {
  const { freedBytes } = await call('models.remove', { modelId: id });
  output.result({ freedBytes }, () => [`Removed ${id}: ${megabytes(freedBytes)} are free again.`]);
}

async function runModelsChoose(call: Caller, output: Output, id: string): Promise<void> {
  const models = await call('models.choose', { modelId: id === 'none' ? null : id });
  output.result({ models }, () => models.filter(({ isInstalled }) => isInstalled).map(describeModel));
}

async function runModelsBenchmark(call: Caller, output: Output, id: string): Promise<void> {
  const model = await call('models.benchmark', { modelId: id });
  output.result({ model }, () => [describeModel(model)]);
}

async function tellModel(call: Caller, output: Output, id: string): Promise<void> {
  const model = (await call('models.list', {})).find((each) => each.id === id);
  if (model === undefined) throw new AppError('SPEECH_MODEL_MISSING', `"${id}" is not on this machine`);
  output.result({ model }, () => [describeModel(model)]);
}

const megabytes = (bytes: number): string => `${Math.max(1, Math.round(bytes / 1_000_000))} MB`;

/** One line: id, name, size, languages, licence, and how it stands here. */
function describeModel(model: SpeechModel): string {
  const { id, name, sizeBytes, languages, licence, isInstalled, isChosen, benchmark } = model;
  const size = sizeBytes === null ? 'size unknown' : megabytes(sizeBytes);
  const tongues =
    languages.length === 0
      ? 'languages unknown'
      : languages.includes('*')
        ? 'about 100 languages'
        : languages.length > 3
          ? `${languages.length} languages`
          : languages.join(', ');
  const state = isChosen ? 'in use' : isInstalled ? 'here' : 'can be had';
  const speed =
    benchmark === null
      ? ''
      : `, ${(1 / benchmark.realTimeFactor).toFixed(1)} times as fast as speech (${benchmark.provider}, threads: ${benchmark.threads})`;
  return `${id.padEnd(22)} ${state.padEnd(11)} ${name}, ${size}, ${tongues}, ${licence}${speed}`;
}
