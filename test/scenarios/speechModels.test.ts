import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Engine } from '../../main/engine/createEngine.ts';
import type { SpeechHost } from '../../main/engine/flows/context.ts';
import { modelFetch } from '../../main/engine/flows/fetchModel.ts';
import { importEpisodes } from '../../main/engine/flows/importEpisodes.ts';
import { chooseModel, importModel, removeModel } from '../../main/engine/flows/keepModels.ts';
import { listModels } from '../../main/engine/flows/speechModels.ts';
import { CATALOGUE, type CatalogueModel } from '../../main/engine/transcripts/models/catalogue.ts';
import { root } from '../support/cli.ts';
import { temporaryFolder, type TemporaryFolder } from '../support/folder.ts';
import { openHearing, untilIdle } from '../support/hearing.ts';
import { plainWord, toneModel, writeTones } from '../support/tones.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  folder[Symbol.dispose]();
});

/** Serves bytes by name, as they are at the moment they are asked for. */
async function serveFiles(files: Record<string, Buffer>): Promise<{ url: string } & AsyncDisposable> {
  const server = createServer((request, response) => {
    const body = files[request.url?.slice(1) ?? ''];
    if (body === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'Content-Length': body.length, ETag: '"1"' }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const toneFiles = (): Record<'model.onnx' | 'tokens.txt', Buffer> => ({
  'model.onnx': readFileSync(join(toneModel, 'model.onnx')),
  'tokens.txt': readFileSync(join(toneModel, 'tokens.txt')),
});

/** A catalogue of one model on this machine, whose hashes nobody has measured. */
function catalogueAt(url: string): CatalogueModel[] {
  const file = (role: 'model' | 'tokens', name: string) => ({
    role,
    name,
    urls: [`${url}/gone/${name}`, `${url}/${name}`] as const,
    sizeBytes: null,
    sha256: null,
  });
  return [
    {
      ...{ id: 'tones', name: 'Tones', engine: 'zipformer-ctc', languages: ['xx'], licence: 'MIT' },
      ...{ memoryMb: null, writesPunctuation: false },
      files: [file('model', 'model.onnx'), file('tokens', 'tokens.txt')],
    },
  ];
}
const onLoopback = (url: string): Partial<SpeechHost> => ({
  catalogue: catalogueAt(url),
  mayFetch: (address) => address.hostname === '127.0.0.1',
});

const fetchTones = async (engine: Engine, thenTranscribe: string[] = []) => {
  const job = await engine.queue.enqueue(modelFetch(engine, { modelId: 'tones', thenTranscribe }));
  const [settled] = await engine.queue.settled([job.id]);
  return settled;
};

test('a model that is fetched is loaded, timed and put to use: the episode that waited gets its words', async () => {
  await using server = await serveFiles(toneFiles());
  await using bench = await openHearing(folder.file('library'), {}, onLoopback(server.url));
  const { engine } = bench;
  const recording = folder.file('tones.wav');
  const said = writeTones(recording, { durationS: 30, seed: 4 });
  const request = { transcriptPath: null, title: null, together: false, atLeast: null };
  await importEpisodes(engine.queue, { paths: [recording], ...request });
  await untilIdle(engine);
  const [episode] = engine.episodes.list();
  expect(episode?.transcriptSource).toBeNull();

  expect(await fetchTones(engine, [episode?.id ?? ''])).toMatchObject({ state: 'completed' });
  await untilIdle(engine);
  const words = engine.segments.list(episode?.id ?? '').flatMap((segment) => segment.words);
  expect(words.map(({ text }) => plainWord(text))).toEqual(said.map(({ text }) => text));
  expect(engine.episodes.get(episode?.id ?? '')?.episode.language).toBe('xx');

  const [model] = listModels(engine);
  expect(model).toMatchObject({ id: 'tones', isInstalled: true, isChosen: true });
  expect(model?.benchmark?.realTimeFactor).toBeGreaterThan(0);
  expect(model?.benchmark?.provider).toBe('cpu');
  const owned = engine.library.db.prepare(
    "SELECT path FROM owned_files WHERE category = 'model' ORDER BY path",
  );
  expect(owned.pluck().all()).toEqual(['models/tones/model.onnx', 'models/tones/tokens.txt']);

  expect((await removeModel(engine, 'tones')).freedBytes).toBeGreaterThan(7000);
  expect(existsSync(join(engine.paths.models, 'tones'))).toBe(false);
  expect(owned.pluck().all()).toEqual([]);
  expect(listModels(engine)).toMatchObject([{ isInstalled: false, isChosen: false }]);
});

test('what a file was the first time it has to be the next time', async () => {
  const files = toneFiles();
  await using server = await serveFiles(files);
  await using bench = await openHearing(folder.file('library'), {}, onLoopback(server.url));
  const { engine } = bench;
  await fetchTones(engine);
  const sha256 = createHash('sha256').update(files['tokens.txt']).digest('hex');
  expect(engine.speechModels.pinsOf('tones')).toContainEqual({
    ...{ name: 'tokens.txt', sizeBytes: files['tokens.txt'].length, sha256 },
  });
  await removeModel(engine, 'tones');
  files['tokens.txt'] = Buffer.from(files['tokens.txt'].toString().replace('okay', 'yoka'));
  expect(await fetchTones(engine)).toMatchObject({ state: 'failed', failure: { code: 'DOWNLOAD_WRONG' } });
  expect(listModels(engine)).toMatchObject([{ isInstalled: false }]);
});

test('bytes that are no model are neither installed nor kept', async () => {
  await using server = await serveFiles({ ...toneFiles(), 'model.onnx': Buffer.from('not a network') });
  await using bench = await openHearing(folder.file('library'), {}, onLoopback(server.url));
  const { engine } = bench;
  expect(await fetchTones(engine)).toMatchObject({
    state: 'failed',
    failure: { code: 'SPEECH_MODEL_UNUSABLE' },
  });
  expect(readdirSync(engine.paths.models)).toEqual([]);
  await expect(importModel(engine, folder.file('nothing'))).rejects.toMatchObject({ code: 'FILE_MISSING' });
  await expect(importModel(engine, join(root, 'resources/fonts'))).rejects.toMatchObject({
    code: 'SPEECH_MODEL_UNUSABLE',
  });
});

test('a person chooses a model, or none, and the environment goes over both', async () => {
  const home = folder.file('library');
  await using bench = await openHearing(home);
  const { engine } = bench;
  const { id } = await importModel(engine, toneModel);
  const chosen = (): (string | undefined)[] =>
    listModels(engine).flatMap((each) => (each.isChosen ? [each.id] : []));
  expect(chosen()).toEqual([id]);
  await chooseModel(engine, null);
  expect(chosen()).toEqual([]);
  await expect(chooseModel(engine, 'parakeet-v3')).rejects.toMatchObject({ code: 'SPEECH_MODEL_MISSING' });
  await using overruled = await openHearing(home, {}, { chosenByEnvironment: id });
  expect(listModels(overruled.engine).filter(({ isChosen }) => isChosen)).toHaveLength(1);
});

test('every address of the catalogue names a revision and comes over TLS, and every digest is one', () => {
  const files = CATALOGUE.flatMap((model) => model.files);
  for (const { urls, sha256, sizeBytes } of files) {
    expect(new Set(urls).size).toBe(2);
    for (const url of urls) {
      expect(url).toMatch(/^https:\/\/[^/]+\/.*([0-9a-f]{40}|releases\/download)/u);
    }
    if (sha256 !== null) expect(sha256).toMatch(/^[0-9a-f]{64}$/u);
    expect(sha256 === null).toBe(sizeBytes === null);
  }
  expect(new Set(CATALOGUE.map(({ id }) => id)).size).toBe(CATALOGUE.length);
});
