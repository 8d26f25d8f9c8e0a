import type { Command } from 'commander';
import type { Caller } from '../../../api/dispatch.ts';
import type { EditOutcome } from '../../../contract/transcript.ts';
import { AppError } from '../../../domain/errors.ts';
import { formatClock, overlapS, parseClock } from '../../../domain/time.ts';
import type { Segment } from '../../../domain/transcript.ts';
import type { EditOperation, Replacement, TranscriptEdit } from '../../../domain/transcriptEdit.ts';
import type { Output } from '../output.ts';
import { jsonOption, type RunCommand } from '../command.ts';

const EPISODE = 'id of the episode';
const TIME = 'a moment in the sentence, such as 12:07';

/** Changes to the words of an episode; what was recognised stays beneath them. */
export function addEdits(program: Command, run: RunCommand): void {
  const edits = program
    .command('edit')
    .description(
      'change what a transcript says; clips, scores and captions follow, and all of it can be undone',
    )
    .addHelpText(
      'after',
      '\nExample:\n  soundbite edit replace ep-7k2m9q4x0d "cube nettis" Kubernetes --preview',
    );
  const add = (name: string, description: string, example: string): Command =>
    edits
      .command(name)
      .description(description)
      .argument('<episode>', EPISODE)
      .addOption(jsonOption())
      .addHelpText('after', `\nExample:\n  soundbite edit ${name} ep-7k2m9q4x0d${example}`);
  add('list', 'every change, with its number', '').action((episodeId: string) =>
    run('looks', ({ call, output }) => runEditList(call, output, episodeId)),
  );
  add('words', 'other words for a sentence; empty words take it out', ' 12:07 "It was the lamp."')
    .argument('<time>', TIME)
    .argument('<words>', 'what the sentence says')
    .action((episodeId: string, time: string, text: string) =>
      run('looks', async ({ call, output }) => {
        const sentence = await sentenceAt(call, episodeId, time);
        await runEdit(call, output, episodeId, { kind: 'words', sentence, text });
      }),
    );
  add('merge', 'let a sentence go on with the one after it', ' 12:07')
    .argument('<time>', TIME)
    .action((episodeId: string, time: string) =>
      run('looks', async ({ call, output }) => {
        const sentence = await sentenceAt(call, episodeId, time);
        await runEdit(call, output, episodeId, { kind: 'merge', sentence });
      }),
    );
  add('split', 'begin a sentence of its own', ' 12:07 4')
    .argument('<time>', TIME)
    .argument('<word>', 'number of the word that it begins with, counted from 1')
    .action((episodeId: string, time: string, word: string) =>
      run('looks', async ({ call, output }) => {
        const sentence = await sentenceAt(call, episodeId, time);
        await runEdit(call, output, episodeId, { kind: 'split', sentence, beforeWord: wordNumber(word) - 1 });
      }),
    );
  add('speaker', 'give a speaker another name', ' "Speaker 1" "Ada Byron"')
    .argument('<from>', 'the name as it is')
    .argument('<to>', 'the name as it should be')
    .action((episodeId: string, from: string, to: string) =>
      run('looks', ({ call, output }) => runEdit(call, output, episodeId, { kind: 'speaker', from, to })),
    );
  addReplace(
    add('replace', 'find words everywhere and put others there, as one step', ' lamp Lamp --preview'),
    run,
  );
  for (const way of ['undo', 'redo'] as const)
    add(way, way === 'undo' ? 'take the last step back' : 'bring back what was undone', '').action(
      (episodeId: string) =>
        run('looks', async ({ call, output }) => {
          tell(output, await call(`transcript.${way}`, { episodeId }));
        }),
    );
}

function addReplace(command: Command, run: RunCommand): void {
  command
    .argument('<from>', 'the words to look for')
    .argument('<to>', 'the words to put there')
    .option('--preview', 'only list the places', false)
    .option('--match-case', 'only where capitals are the same', false)
    .option('--parts', 'parts of words as well', false)
    .action(
      (
        episodeId: string,
        from: string,
        to: string,
        options: { preview: boolean; matchCase: boolean; parts: boolean },
      ) =>
        run('looks', async ({ call, output }) => {
          const { preview, matchCase, parts } = options;
          const replacement: Replacement = { from, to, matchCase, wholeWords: !parts };
          if (preview) await runPreview(call, output, episodeId, replacement);
          else tell(output, await call('transcript.replace', { episodeId, replacement }));
        }),
    );
}

function wordNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 2) return number;
  throw new AppError(
    'BAD_INPUT',
    `a sentence is split before its second word or a later one, not before ${text}`,
  );
}

async function sentenceAt(call: Caller, episodeId: string, time: string): Promise<Segment> {
  const atS = parseClock(time);
  if (atS === undefined) throw new AppError('BAD_INPUT', `${time} is no time`);
  const range = { fromS: atS, toS: atS + 1 };
  const { segments } = await call('episodes.words', { episodeId, range });
  const [sentence] = segments.filter((segment) => overlapS(segment, range) > 0);
  if (sentence === undefined) throw new AppError('BAD_INPUT', `nothing is said at ${time}`);
  return sentence;
}

type EditOrder = Parameters<typeof editOf>[2];
const editOf = (
  call: Caller,
  episodeId: string,
  edit:
    | { kind: 'words'; sentence: Segment; text: string }
    | { kind: 'merge'; sentence: Segment }
    | { kind: 'split'; sentence: Segment; beforeWord: number }
    | { kind: 'speaker'; from: string; to: string },
): Promise<EditOutcome> => {
  if (edit.kind === 'speaker') return call('transcript.edit', { episodeId, edit });
  const { fromS, text } = edit.sentence;
  return call('transcript.edit', { episodeId, edit: { ...edit, sentence: { fromS, text } } });
};

async function runEdit(call: Caller, output: Output, episodeId: string, edit: EditOrder): Promise<void> {
  tell(output, await editOf(call, episodeId, edit));
}

function tell(output: Output, outcome: EditOutcome): void {
  for (const { from, to } of outcome.offers)
    output.note(`“${from}” was made “${to}” more than once: "names add" makes it a rule of the show.`);
  output.result(outcome, () => [
    ...outcome.edits.map(describeEdit),
    `${outcome.rescored.length} clips were read again.`,
  ]);
}

async function runEditList(call: Caller, output: Output, episodeId: string): Promise<void> {
  const history = await call('transcript.edits', { episodeId });
  output.result(history, () =>
    history.edits.length === 0 ? ['Nothing was changed in it.'] : history.edits.map(describeEdit),
  );
}

async function runPreview(
  call: Caller,
  output: Output,
  episodeId: string,
  replacement: Replacement,
): Promise<void> {
  const hits = await call('transcript.preview', { episodeId, replacement });
  output.result({ hits }, () => hits.flatMap(({ before, after }) => [`- ${before}`, `+ ${after}`]));
}

const describeEdit = (edit: TranscriptEdit): string => {
  const state =
    edit.state === 'applied' ? (edit.isFound ? '' : '  (its words are not there)') : `  (${edit.state})`;
  return `${String(edit.id).padStart(5)}  ${describeOperation(edit.operation)}${state}`;
};

function describeOperation(operation: EditOperation): string {
  switch (operation.kind) {
    case 'words':
      return `${formatClock(operation.fromS)}  “${operation.from}” is “${operation.to}”`;
    case 'speaker':
      return `“${operation.from}” is called “${operation.to}”`;
    case 'merge':
      return `${formatClock(operation.atS)}  “${operation.before} ${operation.after}” is one sentence`;
    case 'split':
      return `${formatClock(operation.atS)}  a sentence begins with “${operation.after}”`;
    case 'typed':
      return `${formatClock(operation.fromS)}  typed: “${operation.text}”`;
  }
}
