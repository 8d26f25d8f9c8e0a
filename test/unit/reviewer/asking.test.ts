import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError, Postponed } from '../../../main/domain/errors.ts';
import type { ReviewerProvider } from '../../../main/domain/reviewer.ts';
import { checkBaseUrl } from '../../../main/engine/reviewer/address.ts';
import { ask, type Answered } from '../../../main/engine/reviewer/ask.ts';
import { dayOf } from '../../../main/engine/reviewer/quota.ts';
import { temporaryFolder, type TemporaryFolder } from '../../support/folder.ts';
import { refusing, saying, serveModel, well, type ModelServer } from '../../support/modelServer.ts';
import { giveKey, openRoom, type FakeNow, type OpenRoom } from '../../support/reviewerRoom.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const NOON = Date.UTC(2026, 10, 22, 12);

let folder: TemporaryFolder;
let server: ModelServer;
let room: OpenRoom;
let now: FakeNow;
let asked = 0;

beforeEach(async () => {
  folder = temporaryFolder();
  server = await serveModel();
  now = { atMs: NOON };
  room = await openRoom(folder, now);
  asked = 0;
});
afterEach(async () => {
  room[Symbol.dispose]();
  await server[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

/** The program ends and starts again. */
async function restart(): Promise<void> {
  room[Symbol.dispose]();
  room = await openRoom(folder, now);
}

const provider = (more: Partial<ReviewerProvider> = {}): ReviewerProvider => ({
  id: 'cloud',
  baseUrl: server.url,
  model: 'small',
  timeoutS: 5,
  ...more,
});

interface Wish {
  readonly askId?: string;
  readonly provider?: ReviewerProvider;
  readonly signal?: AbortSignal;
}

const askFor = ({ askId = `ask-${++asked}`, ...wish }: Wish = {}): Promise<Answered> =>
  ask(
    room,
    {
      askId,
      provider: wish.provider ?? provider(),
      messages: [
        { role: 'system', content: 'Judge.' },
        { role: 'user', content: JSON.stringify({ clip: 'The fuse costs 40 cents and nobody knows it.' }) },
      ],
      hash: askId,
      attempt: 0,
    },
    wish.signal ?? new AbortController().signal,
  );

/** Asks and keeps the answer, as a job does. */
async function askAndKeep(wish: Wish = {}): Promise<void> {
  const { settle } = await askFor(wish);
  await room.library.write(settle);
}

/** What an ask that comes to nothing is told. */
async function failureOf(wish: Wish = {}): Promise<AppError> {
  try {
    await askFor(wish);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('an answer came');
}

const delayOf = (error: AppError): number | undefined =>
  error instanceof Postponed ? error.delayMs : undefined;

/** What counted on a key today: settled, and reserved. */
const countsOf = (keyId = ''): [number, number] => {
  const row = room.quota.list().find((each) => each.keyId === keyId && each.day === dayOf(now.atMs));
  return [row?.settled ?? 0, row?.reserved ?? 0];
};

describe('a key', () => {
  test('is sent to its provider, and kept nowhere but in a file that only its owner can read', async () => {
    await giveKey(room, 'key-a', 100);
    await askAndKeep();
    expect(server.asks.map(({ key }) => key)).toEqual(['secret-of-key-a']);
    room.library.db.pragma('wal_checkpoint(TRUNCATE)');
    expect(readFileSync(folder.file('soundbite.db')).includes('secret-of')).toBe(false);
    const secrets = readdirSync(folder.file('secrets')).map((name) => join(folder.file('secrets'), name));
    expect(secrets.map((path) => (statSync(path).mode & 0o777).toString(8))).toEqual(['600']);
    expect(readFileSync(secrets[0] ?? '', 'utf8')).toContain('they are not encrypted');
    expect((statSync(folder.file('secrets')).mode & 0o777).toString(8)).toBe('700');
  });

  test('hands over to the next when its asks of the day are used, and all wait for midnight when none has any', async () => {
    await giveKey(room, 'key-a', 2);
    await giveKey(room, 'key-b', 1);
    for (let each = 0; each < 3; each += 1) await askAndKeep();
    expect(server.asks.map(({ key }) => key.at(-1))).toEqual(['a', 'a', 'b']);
    const spent = await failureOf();
    expect([spent.code, delayOf(spent)]).toEqual(['REVIEWER_QUOTA_SPENT', 12 * HOUR_MS]);
    await restart();
    expect((await failureOf()).code).toBe('REVIEWER_QUOTA_SPENT');
    expect(server.asks).toHaveLength(3);
    now.atMs += 12 * HOUR_MS;
    await askAndKeep();
    expect(server.asks.at(-1)?.key).toBe('secret-of-key-a');
    expect(countsOf('key-a')).toEqual([1, 0]);
  });

  test('rests as long as its provider asks it to, and the next one is used meanwhile; nothing is charged for it', async () => {
    await giveKey(room, 'key-a', 100);
    await giveKey(room, 'key-b', 100);
    server.behave = (response, seen) => {
      if (seen.key.endsWith('a')) refusing(429, { 'Retry-After': '90' })(response, seen);
      else well()(response, seen);
    };
    await askAndKeep();
    await askAndKeep();
    expect(server.asks.map(({ key }) => key.at(-1))).toEqual(['a', 'b', 'b']);
    expect([countsOf('key-a'), countsOf('key-b')]).toEqual([
      [0, 0],
      [2, 0],
    ]);
    server.behave = refusing(429, { 'Retry-After': '7' });
    const turnedAway = await failureOf();
    expect([turnedAway.code, delayOf(turnedAway)]).toEqual(['REVIEWER_QUOTA_SPENT', 7 * SECOND_MS]);
    await restart();
    expect(delayOf(await failureOf())).toBe(7 * SECOND_MS);
    now.atMs += 90 * SECOND_MS;
    server.behave = well();
    await askAndKeep();
    expect(server.asks.at(-1)?.key).toBe('secret-of-key-a');
  });

  test('that the provider does not know is left out, and without any left somebody has to be told', async () => {
    await giveKey(room, 'key-a', 100);
    await giveKey(room, 'key-b', 100);
    server.behave = (response, seen) => {
      if (seen.key.endsWith('a')) refusing(401)(response, seen);
      else well()(response, seen);
    };
    await askAndKeep();
    await askAndKeep();
    expect(server.asks.map(({ key }) => key.at(-1))).toEqual(['a', 'b', 'b']);
    server.behave = refusing(403);
    const unknown = await failureOf();
    expect([unknown.code, delayOf(unknown)]).toEqual(['REVIEWER_UNUSABLE', undefined]);
  });

  test('that nobody needs rests as well when its provider asks for it, and is remembered to', async () => {
    server.behave = refusing(429, { 'Retry-After': '3600' });
    expect(delayOf(await failureOf())).toBe(HOUR_MS);
    await restart();
    now.atMs += HOUR_MS / 2;
    expect(delayOf(await failureOf())).toBe(HOUR_MS / 2);
    expect(server.asks).toHaveLength(1);
    now.atMs += HOUR_MS / 2;
    server.behave = well();
    await askAndKeep();
    expect(countsOf()).toEqual([1, 0]);
  });

  test('whose secret another shell keeps is waited for, not given up', async () => {
    await giveKey(room, 'key-a', 100);
    await room.secrets.forget('key-a');
    const elsewhere = await failureOf();
    expect([elsewhere.code, delayOf(elsewhere)]).toEqual(['REVIEWER_UNAVAILABLE', 15 * MINUTE_MS]);
    expect(server.asks).toHaveLength(0);
  });
});

describe('an ask counts once', () => {
  test('when it is put aside half-way and made again after a restart', async () => {
    await giveKey(room, 'key-a', 1);
    server.behave = () => undefined;
    const stop = new AbortController();
    const reason = new Error('production comes first');
    const seen = server.nextAsk();
    const stopped = askFor({ askId: 'ask-x', signal: stop.signal });
    const [first] = await Promise.all([
      seen,
      seen.then(() => {
        stop.abort(reason);
      }),
    ]);
    await expect(stopped).rejects.toBe(reason);
    expect(countsOf('key-a')).toEqual([0, 1]);
    expect((await failureOf()).code).toBe('REVIEWER_QUOTA_SPENT');
    await restart();
    server.behave = well();
    await askAndKeep({ askId: 'ask-x' });
    expect(countsOf('key-a')).toEqual([1, 0]);
    expect(server.asks.map(({ idempotencyKey }) => idempotencyKey)).toEqual([
      first.idempotencyKey,
      first.idempotencyKey,
    ]);
  });

  test('on the day on which it was begun, when it ends on the next', async () => {
    await giveKey(room, 'key-a', 5);
    const { settle } = await askFor();
    now.atMs += 13 * HOUR_MS;
    await room.library.write(settle);
    expect(room.quota.list().map(({ day, settled }) => [day, settled])).toEqual([['2026-11-22', 1]]);
    await room.library.write(settle);
    expect(room.quota.list().map(({ settled, reserved }) => [settled, reserved])).toEqual([[1, 0]]);
  });

  test('when it was cut off on another day than it is made again', async () => {
    await giveKey(room, 'key-a', 5);
    await askFor({ askId: 'ask-x' });
    now.atMs += 13 * HOUR_MS;
    await restart();
    await askAndKeep({ askId: 'ask-x' });
    expect(room.quota.list().map(({ day, settled, reserved }) => [day, settled, reserved])).toEqual([
      ['2026-11-22', 1, 0],
      ['2026-11-23', 1, 0],
    ]);
  });

  test('and no key is used more often than it may be by asks at the same time', async () => {
    await giveKey(room, 'key-a', 3);
    const ends = await Promise.allSettled(Array.from({ length: 8 }, () => askAndKeep()));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect([server.asks.length, countsOf('key-a')]).toEqual([3, [3, 0]]);
  });
});

describe('a provider that fails', () => {
  const failures: [
    string,
    Parameters<typeof refusing>[0] | 'cut' | 'half' | 'flood' | 'slow' | 'page',
    number,
  ][] = [
    ['with a fault of its own', 500, 0],
    ['with a bad gateway', 503, 0],
    ['by breaking off in the middle of its JSON', 'half', 1],
    ['by closing the connection', 'cut', 1],
    ['by sending no end of bytes', 'flood', 1],
    ['by taking too long', 'slow', 1],
    ['by showing a page instead of an answer', 'page', 1],
  ];

  test.each(failures)(
    '%s is asked again later, and what it may have done counts',
    async (_how, how, counted) => {
      server.behave = (response, seen) => {
        if (typeof how === 'number') refusing(how)(response, seen);
        else if (how === 'half') response.writeHead(200).end('{"choices": [{"message": {"conte');
        else if (how === 'cut') response.destroy();
        else if (how === 'flood') response.writeHead(200).end('x'.repeat(2 * 1024 * 1024));
        else if (how === 'page') response.writeHead(200).end('<html>Welcome</html>');
      };
      const failed = await failureOf({ provider: provider({ timeoutS: how === 'slow' ? 0.2 : 5 }) });
      expect([failed.code, delayOf(failed)]).toEqual(['REVIEWER_UNAVAILABLE', 15 * SECOND_MS]);
      expect(countsOf()).toEqual([counted, 0]);
      expect(room.breakers.get('cloud')).toMatchObject({ state: 'closed', failures: 1 });
    },
  );

  test('by not being there is asked again later, and nothing counts', async () => {
    const { url } = server;
    await server[Symbol.asyncDispose]();
    const gone = await failureOf({ provider: provider({ baseUrl: url }) });
    expect([gone.code, countsOf()]).toEqual(['REVIEWER_UNAVAILABLE', [0, 0]]);
    server = await serveModel();
  });

  test('five times is left alone for 30 minutes, an hour, two, across restarts, and one good answer mends it', async () => {
    server.behave = refusing(500);
    for (let each = 0; each < 5; each += 1) await failureOf();
    const waits: (number | undefined)[] = [];
    for (let opening = 0; opening < 4; opening += 1) {
      await restart();
      const shut = await failureOf();
      waits.push((delayOf(shut) ?? 0) / MINUTE_MS);
      now.atMs += delayOf(shut) ?? 0;
      expect(server.asks).toHaveLength(5 + opening);
      await failureOf();
    }
    expect(waits).toEqual([30, 60, 120, 120]);
    now.atMs += 120 * MINUTE_MS;
    server.behave = well();
    await askAndKeep();
    await restart();
    expect(room.breakers.get('cloud')).toMatchObject({ state: 'closed', failures: 0, openings: 0 });
    await askAndKeep();
    expect(server.asks).toHaveLength(5 + 4 + 2);
  });

  test('is tried by one ask alone, which may go on after a restart', async () => {
    server.behave = refusing(500);
    for (let each = 0; each < 5; each += 1) await failureOf();
    now.atMs += 30 * MINUTE_MS;
    server.behave = () => undefined;
    const stop = new AbortController();
    const seen = server.nextAsk();
    const trial = askFor({ askId: 'trial', signal: stop.signal });
    await seen;
    expect((await failureOf()).code).toBe('REVIEWER_UNAVAILABLE');
    stop.abort(new Error('the program ends'));
    await expect(trial).rejects.toThrow('the program ends');
    await restart();
    expect(room.breakers.get('cloud')?.state).toBe('half-open');
    expect((await failureOf()).code).toBe('REVIEWER_UNAVAILABLE');
    server.behave = well();
    await askAndKeep({ askId: 'trial' });
    expect(room.breakers.get('cloud')?.state).toBe('closed');
  });
});

describe('an answer that cannot be used', () => {
  test.each([
    ['is no JSON', saying('An eight, I would say.')],
    ['lacks what was asked for', saying('{"verdict": 8}')],
    ['is cut off where the model ran out of words', saying('{"verdict": 8, "reas', 'length')],
  ])('because it %s counts, and says nothing against the provider', async (_why, behave) => {
    server.behave = behave;
    expect((await failureOf()).code).toBe('REVIEWER_ANSWER_WRONG');
    expect(countsOf()).toEqual([1, 0]);
    expect(room.breakers.get('cloud')).toMatchObject({ state: 'closed', failures: 0 });
  });

  test('because the request is wrong is told at once, and does not count', async () => {
    server.behave = refusing(404);
    const wrong = await failureOf();
    expect([wrong.code, wrong.message]).toEqual(['REVIEWER_UNUSABLE', '"cloud": status 404: no: 404']);
    expect(countsOf()).toEqual([0, 0]);
  });
});

describe('words and keys', () => {
  test('do not follow a redirect', async () => {
    await using elsewhere = await serveModel();
    await giveKey(room, 'key-a', 100);
    server.behave = refusing(307, { Location: `${elsewhere.url}/chat/completions` });
    expect((await failureOf()).code).toBe('REVIEWER_UNUSABLE');
    expect(elsewhere.asks).toHaveLength(0);
  });

  test('only go to addresses that are secure or on this machine', () => {
    const good = ['https://api.example/v1/', 'http://localhost:11434/v1', 'http://[::1]:8080/v1'];
    expect(good.map(checkBaseUrl)).toEqual([
      'https://api.example/v1',
      'http://localhost:11434/v1',
      'http://[::1]:8080/v1',
    ]);
    const bad = [
      'http://api.example/v1',
      'http://127.0.0.1.evil.example/v1',
      'http://192.168.1.5:11434/v1',
      'https://me:key@api.example/v1',
      'https://api.example/v1?key=1',
      'ftp://api.example',
      'file:///etc/passwd',
      'api.example',
    ];
    for (const address of bad) expect(() => checkBaseUrl(address), address).toThrow(AppError);
  });
});
