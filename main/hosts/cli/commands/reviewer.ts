import { writeFile } from 'node:fs/promises';
import { Option, type Command } from 'commander';
import type { Caller } from '../../../api/dispatch.ts';
import type { Input } from '../../../contract/index.ts';
import { WhenSpent } from '../../../domain/reviewer.ts';
import { jsonOption, type RunCommand } from '../command.ts';
import { describeKey, describeReviewer, describeTest, quotaCsv } from '../describeReviewer.ts';
import type { Output } from '../output.ts';
import { readSecret } from '../secretInput.ts';
import { assertCompleted } from '../work.ts';

const PROVIDER = 'name of the provider; the one in use when left out';

interface OnFlags {
  readonly url?: string;
  readonly model?: string;
  readonly name?: string;
  readonly timeout?: number;
  readonly share?: number;
  readonly top?: number;
  readonly count?: boolean;
  readonly whenSpent?: WhenSpent;
}

/** Everything about the language-model reviewer. */
export function addReviewer(program: Command, run: RunCommand): void {
  const reviewer = program
    .command('reviewer')
    .description('a language model that judges and titles the best clips; off unless you turn it on')
    .addHelpText(
      'after',
      '\nWords of a clip are sent to the address that you give, and nowhere else. A server on this machine needs no key.\n\n' +
        'Example:\n  soundbite reviewer on --url http://127.0.0.1:11434/v1 --model llama3.2',
    );
  addOnOff(reviewer, run);
  const add = (usage: string, does: string, example: string): Command =>
    reviewer
      .command(usage)
      .description(does)
      .addOption(jsonOption())
      .addHelpText('after', `\nExample:\n  soundbite reviewer ${example}`);
  add('status', 'whether it is on, who is asked, and how it stands', 'status').action(() =>
    run('looks', ({ call, output }) => runStatus(call, output)),
  );
  add(
    'test',
    'try it: is it there, which models has it, how fast is it, what does it say of a sample',
    'test',
  )
    .option('--url <address>', 'try this address instead of the provider in use')
    .option('--model <model>', 'ask this model')
    .action((flags: { url?: string; model?: string }) =>
      run('looks', ({ call, output }) => runTest(call, output, flags)),
    );
  add('quota', 'what each key has used and left today, and when it is whole again', 'quota --csv usage.csv')
    .option('--csv <file>', 'write the asks of every key and day as a table; "-" prints it')
    .action((flags: { csv?: string }) =>
      run('looks', ({ call, output }) => runQuota(call, output, flags.csv)),
    );
  add('review', 'put the best clips of episodes before the reviewer now', 'review ep-7k2m9q4x0d')
    .argument('<episodes...>', 'ids of the episodes')
    .action((ids: string[]) => run('works', ({ call, output }) => runReview(call, output, ids)));
  addKeys(reviewer, run);
  addBreaker(reviewer, run);
}

function addOnOff(reviewer: Command, run: RunCommand): void {
  const number = (text: string): number => Number(text);
  reviewer
    .command('on')
    .description('turn it on, and say who is asked and what its word is worth')
    .option('--url <address>', 'https, or http on this machine, up to the version: http://127.0.0.1:8080/v1')
    .option('--model <model>', 'the model that is asked')
    .option('--name <name>', 'what you call this provider (default: the one in use, or "local")')
    .addOption(new Option('--timeout <seconds>', 'how long an answer may take').argParser(number))
    .addOption(
      new Option('--share <points>', 'the most points it can give or take (default: 8)').argParser(number),
    )
    .addOption(new Option('--top <count>', 'how many clips of an episode (default: 10)').argParser(number))
    .option('--count', 'its points count in scores and order (the default)')
    .option('--no-count', 'its points are shown, and change nothing')
    .addOption(
      new Option('--when-spent <what>', 'what happens when every key is spent').choices(WhenSpent.options),
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExample:\n  soundbite reviewer on --url http://127.0.0.1:11434/v1 --model llama3.2 --share 6',
    )
    .action((flags: OnFlags) => run('looks', ({ call, output }) => runOn(call, output, flags)));
  reviewer
    .command('off')
    .description('turn it off: scores and order are as if it had never been asked')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite reviewer off')
    .action(() =>
      run('looks', async ({ call, output }) => {
        const status = await call('reviewer.change', { isOn: false });
        output.result(status, () => describeReviewer(status));
      }),
    );
}

function addKeys(reviewer: Command, run: RunCommand): void {
  const keys = reviewer
    .command('keys')
    .description('keys of providers; each has a quota of its own')
    .addHelpText('after', '\nExample:\n  soundbite reviewer keys list');
  keys
    .command('add')
    .description('add a key: from SOUNDBITE_REVIEWER_KEY, from a pipe, or typed in')
    .option('--provider <name>', PROVIDER)
    .option('--label <label>', 'what you call it', 'key')
    .addOption(
      new Option('--limit <asks>', 'asks a day, "none" for no limit (default: 100)').argParser((text) =>
        text === 'none' ? null : Number(text),
      ),
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nA key is never an argument: other programs can read those.\n\nExample:\n  soundbite reviewer keys add --label work --limit 200 < key.txt',
    )
    .action((flags: KeyFlags) => run('looks', ({ call, output }) => runKeysAdd(call, output, flags)));
  keys
    .command('list')
    .description('the keys in the order in which they are used')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite reviewer keys list')
    .action(() => run('looks', ({ call, output }) => runQuota(call, output, undefined)));
  keys
    .command('remove')
    .description('forget a key and its secret')
    .argument('<key>', 'id of the key')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite reviewer keys remove key-7k2m9q4x0d')
    .action((keyId: string) =>
      run('looks', async ({ call, output }) => {
        await call('reviewer.removeKey', { keyId });
        output.result({ removed: keyId }, () => [`Forgot ${keyId} and its secret.`]);
      }),
    );
}

function addBreaker(reviewer: Command, run: RunCommand): void {
  reviewer
    .command('breaker')
    .description('what stops asking a provider that keeps failing')
    .addHelpText('after', '\nExample:\n  soundbite reviewer breaker reset')
    .command('reset')
    .description('ask again at once, with every key; what waited goes on')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite reviewer breaker reset')
    .action(() =>
      run('looks', async ({ call, output }) => {
        const status = await call('reviewer.resetBreaker', {});
        output.result(status, () => describeReviewer(status));
      }),
    );
}

async function runStatus(call: Caller, output: Output): Promise<void> {
  const status = await call('reviewer.status', {});
  output.result(status, () => describeReviewer(status));
}

async function runOn(call: Caller, output: Output, flags: OnFlags): Promise<void> {
  const { url, model, name, timeout, count, ...wishes } = flags;
  const { settings } = await call('reviewer.status', {});
  const isProviderMeant = [url, model, name, timeout].some((given) => given !== undefined);
  const use = {
    id: name ?? settings.provider ?? 'local',
    ...(url === undefined ? {} : { baseUrl: url }),
    ...(model === undefined ? {} : { model }),
    ...(timeout === undefined ? {} : { timeoutS: timeout }),
  };
  const change: Input<'reviewer.change'> = {
    isOn: true,
    ...(isProviderMeant ? { use } : {}),
    ...(wishes.share === undefined ? {} : { share: wishes.share }),
    ...(wishes.top === undefined ? {} : { top: wishes.top }),
    ...(wishes.whenSpent === undefined ? {} : { whenSpent: wishes.whenSpent }),
    ...(count === undefined ? {} : { isCounted: count }),
  };
  const status = await call('reviewer.change', change);
  output.result(status, () => describeReviewer(status));
}

async function runTest(
  call: Caller,
  output: Output,
  { url, model }: { url?: string; model?: string },
): Promise<void> {
  const { tests } = await call('reviewer.test', {
    ...(url === undefined ? {} : { baseUrl: url }),
    ...(model === undefined ? {} : { model }),
  });
  output.result({ tests }, () => tests.flatMap(describeTest));
}

async function runQuota(call: Caller, output: Output, csvPath: string | undefined): Promise<void> {
  const quota = await call('reviewer.quota', {});
  if (csvPath === '-' && !output.isJson) {
    output.result(quota, () => quotaCsv(quota));
    return;
  }
  if (csvPath !== undefined) await writeFile(csvPath, `${quotaCsv(quota).join('\n')}\n`);
  output.result(quota, () =>
    quota.keys.length === 0 ? ['There is no provider yet.'] : quota.keys.map(describeKey),
  );
}

interface KeyFlags {
  readonly provider?: string;
  readonly label: string;
  readonly limit?: number | null;
}

async function runKeysAdd(call: Caller, output: Output, flags: KeyFlags): Promise<void> {
  const { settings, secrets } = await call('reviewer.status', {});
  const secret = await readSecret('SOUNDBITE_REVIEWER_KEY', 'The key (it is not shown): ');
  const { keyId } = await call('reviewer.addKey', {
    provider: flags.provider ?? settings.provider ?? 'local',
    label: flags.label,
    secret,
    ...(flags.limit === undefined ? {} : { dailyLimit: flags.limit }),
  });
  output.result({ keyId, secrets }, () => [`Added ${keyId}. It is kept ${secrets}.`]);
}

const LOOK_MS = 1000;

async function runReview(call: Caller, output: Output, episodeIds: readonly string[]): Promise<void> {
  const ids: number[] = [];
  for (const episodeId of episodeIds) ids.push((await call('reviewer.review', { episodeId })).job.id);
  const watching = tellDelays(call, output, ids);
  const jobs = await call('jobs.settled', { jobIds: ids }).finally(() => {
    clearInterval(watching);
  });
  output.result({ jobs }, () =>
    jobs.map((job) => {
      const { reviewed = 0, failed = 0, skipped = 0 } = job.result ?? {};
      return `${job.label}: ${String(reviewed)} reviewed, ${String(failed)} without a usable answer, ${String(skipped)} skipped`;
    }),
  );
  for (const job of jobs) assertCompleted(job);
}

/** A review may wait for hours; whoever sits in front of it has to know what for. */
function tellDelays(call: Caller, output: Output, jobIds: readonly number[]): NodeJS.Timeout {
  const told = new Set<string>();
  const look = async (): Promise<void> => {
    for (const jobId of jobIds) {
      const { runAtMs, failure } = await call('jobs.get', { jobId });
      const line = failure?.detail ?? '';
      if (runAtMs === null || told.has(line)) continue;
      told.add(line);
      output.note(`${failure?.title ?? 'It waits.'} ${line} Ctrl+C leaves it in line.`);
    }
  };
  return setInterval(() => {
    // What is wrong with the library is told by the call that waits for the end.
    look().catch(() => undefined);
  }, LOOK_MS);
}
