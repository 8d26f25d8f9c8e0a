import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../main/domain/errors.ts';
import { download, type DownloadRequest } from '../../main/engine/transcripts/models/download.ts';
import { onlySecure, type AddressRule } from '../../main/engine/transcripts/models/fetchChecked.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/folder.ts';

const CONTENT = randomBytes(600_000);
const HALF = 300_000;
const SHA256 = createHash('sha256').update(CONTENT).digest('hex');
const ETAG = '"the-one"';

/** Test servers speak plain HTTP on this machine. */
const onlyLoopback: AddressRule = (url) => url.hostname === '127.0.0.1';

type Behaviour = (request: IncomingMessage, response: ServerResponse, asked: number) => void;

/** A server on this machine that behaves as a test tells it. */
interface Loopback extends AsyncDisposable {
  readonly url: string;
  /** The Range of each request, in order; empty where the whole was asked for. */
  readonly ranges: string[];
}

async function serve(behave: Behaviour): Promise<Loopback> {
  const ranges: string[] = [];
  const server: Server = createServer((request, response) => {
    ranges.push(request.headers.range ?? '');
    behave(request, response, ranges.length);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/model.onnx`,
    ranges,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Answers as a good server does, the rest of a file included. */
const well: Behaviour = (request, response) => {
  const from = Number(/^bytes=(\d+)-$/u.exec(request.headers.range ?? '')?.[1] ?? 0);
  const isRest = from > 0 && request.headers['if-range'] === ETAG;
  const body = isRest ? CONTENT.subarray(from) : CONTENT;
  response.writeHead(isRest ? 206 : 200, {
    'Content-Length': body.length,
    ETag: ETAG,
    ...(isRest ? { 'Content-Range': `bytes ${from}-${CONTENT.length - 1}/${CONTENT.length}` } : {}),
  });
  response.end(body);
};

/** Sends half and then breaks the connection. */
const breakOff: Behaviour = (_request, response) => {
  response.writeHead(200, { 'Content-Length': CONTENT.length, ETag: ETAG });
  response.write(CONTENT.subarray(0, HALF), () => setImmediate(() => response.destroy()));
};

let folder: TemporaryFolder;
let path = '';
beforeEach(() => {
  folder = temporaryFolder();
  path = folder.file('model.onnx');
});
afterEach(() => {
  folder[Symbol.dispose]();
});

const request = (url: string, wanted: Partial<DownloadRequest> = {}): DownloadRequest => ({
  urls: [url],
  path,
  sizeBytes: CONTENT.length,
  sha256: SHA256,
  ...wanted,
});
const options = { mayFetch: onlyLoopback };

/** The code with which a download ends. */
const failure = (done: Promise<unknown>): Promise<string> =>
  done.then(
    () => 'it came through',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

/** No file may look complete unless it is. */
const names = (): string[] => readdirSync(folder.path).sort();

test('a file comes whole, under its name, and nothing else is left', async () => {
  await using server = await serve(well);
  const seen: number[] = [];
  const made = await download(request(server.url), { ...options, onProgress: (bytes) => seen.push(bytes) });
  expect(made).toEqual({ sizeBytes: CONTENT.length, sha256: SHA256 });
  expect(readFileSync(path).equals(CONTENT)).toBe(true);
  expect(names()).toEqual(['model.onnx']);
  expect(seen.at(-1)).toBe(CONTENT.length);
});

describe('a connection that breaks', () => {
  test('leaves no file under the name, and the next try fetches only the rest', async () => {
    await using server = await serve((ask, response, asked) => {
      (asked === 1 ? breakOff : well)(ask, response, asked);
    });
    expect(await failure(download(request(server.url), options))).toBe('DOWNLOAD_FAILED');
    expect(names()).toEqual(['model.onnx.partial', 'model.onnx.partial.json']);
    const had = readFileSync(`${path}.partial`).length;
    expect(had).toBeGreaterThan(0);
    await download(request(server.url), options);
    expect(server.ranges).toEqual(['', `bytes=${had}-`]);
    expect(readFileSync(path).equals(CONTENT)).toBe(true);
    expect(names()).toEqual(['model.onnx']);
  });

  test('begins anew where the server has another file by now, or answers 200 to a range', async () => {
    await using server = await serve((ask, response, asked) => {
      if (asked === 1) breakOff(ask, response, asked);
      else {
        response.writeHead(200, { 'Content-Length': CONTENT.length, ETag: '"another"' });
        response.end(CONTENT);
      }
    });
    await failure(download(request(server.url), options));
    await download(request(server.url), options);
    expect(readFileSync(path).equals(CONTENT)).toBe(true);
  });

  test('begins anew where the rest that is sent does not begin where it should', async () => {
    await using server = await serve((ask, response, asked) => {
      if (asked === 1) breakOff(ask, response, asked);
      else if (asked === 2) {
        response.writeHead(206, { 'Content-Range': `bytes 0-9/${CONTENT.length}`, ETag: ETAG });
        response.end(CONTENT.subarray(0, 10));
      } else well(ask, response, asked);
    });
    await failure(download(request(server.url), options));
    await download(request(server.url), options);
    expect(server.ranges[2]).toBe('');
    expect(readFileSync(path).equals(CONTENT)).toBe(true);
  });

  test('cannot be gone on with without a strong mark from the server', async () => {
    await using server = await serve((_ask, response, asked) => {
      response.writeHead(200, { 'Content-Length': CONTENT.length, ETag: 'W/"weak"' });
      if (asked === 1)
        response.write(CONTENT.subarray(0, HALF), () => setImmediate(() => response.destroy()));
      else response.end(CONTENT);
    });
    await failure(download(request(server.url), options));
    await download(request(server.url), options);
    expect(server.ranges).toEqual(['', '']);
    expect(readFileSync(path).equals(CONTENT)).toBe(true);
  });
});

describe('a file that is not the right one', () => {
  const other = Buffer.from(CONTENT);
  other[5] = (other[5] ?? 0) ^ 1;

  test('is refused by its hash, and nothing of it is kept', async () => {
    await using server = await serve((_ask, response) => {
      response.writeHead(200, { 'Content-Length': other.length, ETag: ETAG });
      response.end(other);
    });
    expect(await failure(download(request(server.url), options))).toBe('DOWNLOAD_WRONG');
    expect(names()).toEqual([]);
  });

  test('is refused by its size before it is fetched', async () => {
    await using server = await serve((_ask, response) => {
      response.writeHead(200, { 'Content-Length': CONTENT.length + 1 });
      response.flushHeaders();
    });
    expect(await failure(download(request(server.url), options))).toBe('DOWNLOAD_WRONG');
    expect(names()).toEqual([]);
  });

  test('is stopped where it sends more than it should without saying how much', async () => {
    await using server = await serve((_ask, response) => {
      response.writeHead(200, { 'Transfer-Encoding': 'chunked' });
      const pour = (): void => {
        while (!response.destroyed && response.write(CONTENT));
        response.once('drain', pour);
      };
      pour();
    });
    expect(await failure(download(request(server.url), options))).toBe('DOWNLOAD_WRONG');
    expect(existsSync(path)).toBe(false);
  });

  test('is replaced by the second address', async () => {
    await using wrong = await serve((_ask, response) => response.writeHead(200).end(other));
    await using right = await serve(well);
    await download(request(wrong.url, { urls: [wrong.url, right.url] }), options);
    expect(readFileSync(path).equals(CONTENT)).toBe(true);
    expect(names()).toEqual(['model.onnx']);
  });
});

test('a server that stops sending is given up, and what came is kept for the next time', async () => {
  await using server = await serve((ask, response, asked) => {
    if (asked > 1) well(ask, response, asked);
    else {
      response.writeHead(200, { 'Content-Length': CONTENT.length, ETag: ETAG });
      response.write(CONTENT.subarray(0, HALF));
    }
  });
  expect(await failure(download(request(server.url), { ...options, stallMs: 300 }))).toBe('DOWNLOAD_FAILED');
  expect(existsSync(path)).toBe(false);
  await download(request(server.url), options);
  expect(server.ranges[1]).toMatch(/^bytes=\d+-$/u);
  expect(readFileSync(path).equals(CONTENT)).toBe(true);
});

describe('a redirect', () => {
  test('is followed, and no more than five of them', async () => {
    await using target = await serve(well);
    await using server = await serve((_ask, response) =>
      response.writeHead(302, { Location: target.url }).end(),
    );
    await download(request(server.url), options);
    expect(readFileSync(path).equals(CONTENT)).toBe(true);
    await using circle = await serve((_ask, response) =>
      response.writeHead(307, { Location: '/again' }).end(),
    );
    expect(await failure(download(request(circle.url), options))).toBe('DOWNLOAD_FAILED');
    expect(circle.ranges).toHaveLength(6);
  });

  test('to an address that may not be asked is not followed', async () => {
    let isAsked = false;
    await using forbidden = await serve((_ask, response) => {
      isAsked = true;
      response.end();
    });
    const elsewhere = forbidden.url.replace('127.0.0.1', 'localhost');
    await using server = await serve((_ask, response) =>
      response.writeHead(302, { Location: elsewhere }).end(),
    );
    expect(await failure(download(request(server.url), options))).toBe('DOWNLOAD_FAILED');
    expect(isAsked).toBe(false);
    expect(
      ['https://a.example/x', 'http://a.example/x', 'https://me:key@a.example/x'].map((url) =>
        onlySecure(new URL(url)),
      ),
    ).toEqual([true, false, false]);
  });
});

test('a person who gives up is heard at once, and the next try goes on', async () => {
  const giveUp = new AbortController();
  await using server = await serve((ask, response, asked) => {
    if (asked > 1) well(ask, response, asked);
    else {
      response.writeHead(200, { 'Content-Length': CONTENT.length, ETag: ETAG });
      response.write(CONTENT.subarray(0, HALF));
    }
  });
  const reason = new Error('given up');
  const stopped = download(request(server.url), {
    ...options,
    signal: giveUp.signal,
    onProgress: () => {
      giveUp.abort(reason);
    },
  });
  await expect(stopped).rejects.toBe(reason);
  expect(existsSync(path)).toBe(false);
  await download(request(server.url), options);
  expect(readFileSync(path).equals(CONTENT)).toBe(true);
});

/** A disk of one megabyte, where this user may make one. */
async function smallDisk(at: string): Promise<AsyncDisposable | undefined> {
  mkdirSync(at);
  const { failed } = await execa('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', at], { reject: false });
  if (failed) return undefined;
  return {
    async [Symbol.asyncDispose]() {
      await execa('umount', [at]);
    },
  };
}

test('a full disk is told as such, before the download where its size is known, and leaves no file', async ({
  skip,
}) => {
  const at = folder.file('disk');
  await using disk = await smallDisk(at);
  skip(disk === undefined, 'only root can mount a small disk');
  writeFileSync(`${at}/ballast`, Buffer.alloc(700_000));
  await using known = await serve(well);
  expect(await failure(download(request(known.url, { path: `${at}/model.onnx` }), options))).toBe(
    'DISK_FULL',
  );
  await using unknown = await serve((_ask, response) => {
    response.writeHead(200, { 'Transfer-Encoding': 'chunked', ETag: ETAG });
    response.end(CONTENT);
  });
  const blind = request(unknown.url, { path: `${at}/model.onnx`, sizeBytes: null, sha256: null });
  expect(await failure(download(blind, options))).toBe('DISK_FULL');
  expect(readdirSync(at)).toEqual(['ballast']);
});
