import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  Nothing,
  Recognition,
  type RecogniserSetup,
} from '../../main/engine/transcripts/recogniser/protocol.ts';
import { createRecogniser, tellVoices } from '../../main/engine/transcripts/recogniser/recogniser.ts';
import {
  RecogniserCrashed,
  RecogniserProcess,
  spawnNodeChild,
  type SpawnRecogniser,
} from '../../main/engine/transcripts/recogniser/recogniserProcess.ts';
import { temporaryFolder } from '../support/folder.ts';
import { toneModel, writeTones } from '../support/tones.ts';

const folder = temporaryFolder();
const wavPath = folder.file('tones.wav');
beforeAll(() => {
  writeTones(wavPath, { durationS: 20, seed: 6 });
});
afterAll(() => {
  folder[Symbol.dispose]();
});

const setup: RecogniserSetup = {
  engine: 'zipformer-ctc',
  files: { model: join(toneModel, 'model.onnx'), tokens: join(toneModel, 'tokens.txt') },
  threads: 1,
  provider: 'cpu',
  language: null,
  hotwords: [],
};
const whole = { kind: 'recognise', wavPath, fromSample: 0, toSample: 320_000 } as const;

/** Whether a process is there, as the system sees it. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** A child whose end can be waited for. */
function observed(): { spawn: SpawnRecogniser; pids: number[]; ended: Promise<string> } {
  const pids: number[] = [];
  let end: (how: string) => void = () => undefined;
  const ended = new Promise<string>((resolve) => {
    end = resolve;
  });
  return {
    pids,
    ended,
    spawn: (entryPath) => {
      const child = spawnNodeChild(entryPath);
      if (child.pid !== undefined) pids.push(child.pid);
      child.onExit(end);
      return child;
    },
  };
}

test('a stop is a kill: the order ends with the reason, the child is gone, and the next order starts another', async () => {
  const { spawn, pids, ended } = observed();
  using child = new RecogniserProcess(spawn);
  await child.ask({ kind: 'open', setup }, Nothing);
  const stop = new AbortController();
  const reason = new Error('paused by a person');
  const order = child.ask(whole, Recognition, stop.signal);
  stop.abort(reason);
  await expect(order).rejects.toBe(reason);
  expect(await ended).toBe('SIGKILL');
  expect(pids.map(isAlive)).toEqual([false]);

  await child.ask({ kind: 'open', setup }, Nothing);
  const { words } = await child.ask(whole, Recognition);
  expect(words?.length).toBeGreaterThan(20);
  expect(pids).toHaveLength(2);
});

test('a child that never answers is ended, and counts as crashed', async () => {
  const { spawn, ended } = observed();
  const deaf: SpawnRecogniser = (entryPath) => ({ ...spawn(entryPath), post: () => undefined });
  using child = new RecogniserProcess(deaf, 100);
  await expect(child.ask({ kind: 'open', setup }, Nothing)).rejects.toBeInstanceOf(RecogniserCrashed);
  expect(await ended).toBe('SIGKILL');
});

test('files that are not there are told in the words of the native code, and the child lives on', async () => {
  using child = new RecogniserProcess(spawnNodeChild);
  const broken = { ...setup, files: { model: folder.file('none.onnx'), tokens: folder.file('none.txt') } };
  await expect(child.ask({ kind: 'open', setup: broken }, Nothing)).rejects.toMatchObject({
    code: 'SPEECH_MODEL_UNUSABLE',
  });
  await child.ask({ kind: 'open', setup }, Nothing);
});

test('what is asked of a graphics card that is not there is done by the processor, and said so', async () => {
  using recogniser = createRecogniser(spawnNodeChild, { ...setup, provider: 'cuda' });
  await recogniser.open();
  const heard = await recogniser.hear(wavPath, { fromS: 0, toS: 20 }, 10);
  expect(heard.words?.length).toBeGreaterThan(20);
  expect(recogniser.provider).toBe('cpu');
});

test('models that tell voices apart and are not there are told by their roles, as the native code reads its settings', async () => {
  const order = (name: string) => ({
    wavPath,
    durationS: 20,
    setup: {
      segmentationPath: name === 'embedding' ? (setup.files.model ?? '') : folder.file('segmentation.onnx'),
      embeddingPath: folder.file('embedding.onnx'),
      threads: 1,
      speakers: 2,
    },
  });
  for (const name of ['segmentation', 'embedding']) {
    const failed = tellVoices(spawnNodeChild, order(name));
    await expect(failed).rejects.toMatchObject({ code: 'SPEECH_MODEL_UNUSABLE' });
    await expect(failed).rejects.toThrow(new RegExp(`${name}.*${name}\\.onnx.*does not exist`, 'isu'));
  }
});
