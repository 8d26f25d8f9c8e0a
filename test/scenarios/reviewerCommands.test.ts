import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { KeyQuota } from '../../main/domain/reviewer.ts';
import { soundbite, startSoundbite, type CliRun } from '../support/cli.ts';
import { ErrorDocument } from '../support/clipDocument.ts';
import { temporaryFolder } from '../support/folder.ts';
import { openEngineAt } from '../support/libraryBench.ts';
import { serveModel, well, type ModelServer } from '../support/modelServer.ts';
import { giveEpisode } from '../support/reviewedShow.ts';

const EPISODE = 'ep-reviewed';
const SECRET = 'sk-this-is-a-secret';
const folder = temporaryFolder();
const home = folder.file('home');
let server: ModelServer;

beforeAll(async () => {
  server = await serveModel();
  const engine = await openEngineAt(home);
  await giveEpisode(engine, EPISODE);
  await engine.close();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const reviewer = (args: readonly string[], env: Record<string, string> = {}): Promise<CliRun> =>
  soundbite(home, ['reviewer', ...args], env);
const Quota = z.object({ keys: z.array(KeyQuota) });
let keyId = '';

describe('the reviewer on the command line', () => {
  test('is off until somebody turns it on, and refuses an address that is neither secure nor here', async () => {
    const refused = await reviewer(['on', '--url', 'http://models.example/v1', '--model', 'small', '--json']);
    expect([refused.code, ErrorDocument.parse(refused.json()).error.code]).toEqual([2, 'BAD_INPUT']);
    const on = await reviewer(['on', '--url', server.url, '--model', 'small', '--when-spent', 'skip']);
    expect(on.stdout).toContain(`Asked: "local", model small, at ${server.url}`);
    expect(server.asks).toHaveLength(0);
  });

  test('keeps a key where only its owner can read it, and says that it is not encrypted', async () => {
    const added = await reviewer(['keys', 'add', '--label', 'work', '--limit', '3', '--json'], {
      SOUNDBITE_REVIEWER_KEY: SECRET,
    });
    const told = z.object({ keyId: z.string(), secrets: z.string() }).parse(added.json());
    ({ keyId } = told);
    expect(told.secrets).toContain('only your user can read; they are not encrypted');
    expect(added.stdout + added.stderr).not.toContain(SECRET);
    const [name = ''] = readdirSync(`${home}/secrets`);
    expect((statSync(`${home}/secrets/${name}`).mode & 0o777).toString(8)).toBe('600');
  });

  test('is tried with a sample, which counts', async () => {
    const tried = await reviewer(['test']);
    expect(tried.stdout).toMatch(/^local at .*: answers in \d+ ms$/m);
    expect(tried.stdout).toContain('models: large, small');
    expect(tried.stdout).toContain('sample: verdict 8 of 10');
    expect(server.asks.map(({ key }) => key)).toEqual([SECRET]);
  });

  test('reviews, skips when its keys are spent, and its log and database hold no key', async () => {
    const reviewed = await reviewer(['review', EPISODE]);
    expect(reviewed.stdout).toBe(`Episode ${EPISODE}: 2 reviewed, 0 without a usable answer, 3 skipped`);
    const listed = await soundbite(home, ['clips', EPISODE, '--limit', '1']);
    expect(listed.stdout).toContain('+4.8  reviewer        “The fuse costs 40” at 0:00');
    const csv = folder.file('usage.csv');
    await reviewer(['quota', '--csv', csv]);
    const [head, row] = readFileSync(csv, 'utf8').split('\n');
    expect(head).toBe('provider,key,label,day_utc,used,under_way,limit,left');
    expect(row).toMatch(/^local,key-\w{10},work,\d{4}-\d\d-\d\d,3,0,3,0$/);
    const written = ['soundbite.db', 'soundbite.db-wal', 'logs/soundbite.log'].map(
      (name) => `${home}/${name}`,
    );
    for (const path of written.filter((each) => existsSync(each)))
      expect(readFileSync(path).includes(SECRET), path).toBe(false);
  });

  test('forgets a key with its secret, what is held against a provider, and itself', async () => {
    await reviewer(['keys', 'remove', keyId]);
    expect(readdirSync(`${home}/secrets`)).toEqual([]);
    expect((await reviewer(['breaker', 'reset'])).stdout).toContain('State: asked as usual');
    expect((await reviewer(['off'])).stdout).toContain('The reviewer is off.');
  });
});

test('a review whose process is killed in the middle of an answer goes on, and no clip is asked or counted twice', async () => {
  const place = folder.file('killed');
  const engine = await openEngineAt(place);
  await giveEpisode(engine, EPISODE);
  await engine.close();
  const run = (args: readonly string[]): Promise<CliRun> => soundbite(place, args);
  await using own = await serveModel();
  await run(['reviewer', 'on', '--url', own.url, '--model', 'small']);
  own.behave = (response, ask) => {
    // The third ask is never answered.
    if (own.asks.length < 3) well()(response, ask);
  };
  const working = startSoundbite(place, ['reviewer', 'review', EPISODE]);
  while (own.asks.length < 3) await own.nextAsk();
  working.send('SIGKILL');
  await working.ended;
  own.behave = well();
  expect((await run(['worker', '--until-idle', '--poll', '0.2'])).code).toBe(0);
  const byClip = new Map<string, number>();
  for (const { clip } of own.asks) byClip.set(clip, (byClip.get(clip) ?? 0) + 1);
  expect([...byClip.values()].sort()).toEqual([1, 1, 1, 1, 2]);
  expect(own.asks[3]?.idempotencyKey).toBe(own.asks[2]?.idempotencyKey);
  const { keys } = Quota.parse((await run(['reviewer', 'quota', '--json'])).json());
  expect(keys).toMatchObject([{ used: 5, reserved: 0 }]);
});
