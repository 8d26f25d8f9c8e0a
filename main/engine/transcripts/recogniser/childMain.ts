import { z } from 'zod';
import { openSpeechWav, type SpeechWav } from '../../media/speechWav.ts';
import type { TimeRange } from '../../../domain/time.ts';
import {
  OrderMessage,
  type Answer,
  type FoundVoices,
  type Order,
  type Recognition,
  type RecogniserSetup,
  type VoicesSetup,
} from './protocol.ts';
import {
  hotwordText,
  loadSherpa,
  recogniserConfig,
  SILERO_WINDOW,
  takesHotwords,
  voiceActivityConfig,
  voicesConfig,
  type OfflineRecogniser,
} from './sherpa.ts';
import { SherpaResult, toRecognition } from './tokenWords.ts';

/** Models lose a word that ends with the sound; a little silence behind it lets them finish. */
const TAIL_SAMPLES = 5_120;
const FULL_SCALE = 32_768;
/** Read at once while looking for speech: 32 s. */
const LOOK_SAMPLES = SILERO_WINDOW * 1000;

interface Opened {
  readonly setup: RecogniserSetup;
  readonly recogniser: OfflineRecogniser;
}
let opened: Opened | undefined;
let wav: { readonly path: string; readonly file: SpeechWav } | undefined;

async function openWav(path: string): Promise<SpeechWav> {
  if (wav?.path === path) return wav.file;
  await wav?.file[Symbol.asyncDispose]();
  wav = undefined;
  const file = await openSpeechWav(path);
  wav = { path, file };
  return file;
}

let room = new Float32Array(0);

/** The samples between -1 and 1 with silence behind them, in room that is used again: what is left behind piles up. */
const toFloats = (samples: Int16Array, tail: number): Float32Array => {
  if (room.length < samples.length + tail) room = new Float32Array(samples.length + tail);
  const floats = room.subarray(0, samples.length + tail).fill(0, samples.length);
  for (let i = 0; i < samples.length; i++) floats[i] = (samples[i] ?? 0) / FULL_SCALE;
  return floats;
};

async function open(setup: RecogniserSetup): Promise<void> {
  const recogniser = await loadSherpa().OfflineRecognizer.createAsync(recogniserConfig(setup));
  opened = { setup, recogniser };
}

async function recognise(path: string, fromSample: number, toSample: number): Promise<Recognition> {
  if (opened === undefined) throw new Error('no model was opened');
  const { setup, recogniser } = opened;
  const file = await openWav(path);
  const samples = toFloats(await file.read(fromSample, toSample), TAIL_SAMPLES);
  const hears = setup.hotwords.length > 0 && takesHotwords(setup);
  const stream = recogniser.createStream(...(hears ? [hotwordText(setup.hotwords)] : []));
  stream.acceptWaveform({ samples, sampleRate: file.sampleRateHz });
  // Decoded beside this thread, so that the loss of the parent is noticed while a long piece is at work.
  const result = SherpaResult.parse(await recogniser.decodeAsync(stream));
  return toRecognition(result, samples.subarray(0, samples.length - TAIL_SAMPLES));
}

async function findSpeech(path: string, modelPath: string): Promise<TimeRange[]> {
  const file = await openWav(path);
  const detector = new (loadSherpa().Vad)(voiceActivityConfig(modelPath), 60);
  const speech: TimeRange[] = [];
  const collect = (): void => {
    while (!detector.isEmpty()) {
      const { start, samples } = detector.front(false);
      detector.pop();
      speech.push({ fromS: start / file.sampleRateHz, toS: (start + samples.length) / file.sampleRateHz });
    }
  };
  for (let at = 0; at < file.samples; at += LOOK_SAMPLES) {
    const floats = toFloats(await file.read(at, Math.min(file.samples, at + LOOK_SAMPLES)), 0);
    for (let from = 0; from < floats.length; from += SILERO_WINDOW) {
      detector.acceptWaveform(floats.subarray(from, from + SILERO_WINDOW));
      collect();
    }
  }
  detector.flush();
  collect();
  return speech;
}

const VoiceSegments = z.array(z.object({ start: z.number(), end: z.number(), speaker: z.int() }));

/** Voices are told apart over the whole sound at once, which is held as floats: 230 MB an hour. */
async function tellVoices(path: string, setup: VoicesSetup): Promise<FoundVoices> {
  const file = await openWav(path);
  const diarization = new (loadSherpa().OfflineSpeakerDiarization)(voicesConfig(setup));
  if (diarization.sampleRate !== file.sampleRateHz)
    throw new Error(`these models hear at ${diarization.sampleRate} Hz, the sound has ${file.sampleRateHz}`);
  const samples = new Float32Array(file.samples);
  for (let at = 0; at < file.samples; at += LOOK_SAMPLES)
    samples.set(toFloats(await file.read(at, Math.min(file.samples, at + LOOK_SAMPLES)), 0), at);
  const found = VoiceSegments.parse(diarization.process(samples));
  return { turns: found.map(({ start, end, speaker }) => ({ fromS: start, toS: end, voice: speaker })) };
}

async function carryOut(order: Order): Promise<unknown> {
  switch (order.kind) {
    case 'open':
      await open(order.setup);
      return {};
    case 'recognise':
      return recognise(order.wavPath, order.fromSample, order.toSample);
    case 'findSpeech':
      return { speech: await findSpeech(order.wavPath, order.modelPath) };
    case 'tellVoices':
      return tellVoices(order.wavPath, order.setup);
    case 'measureMemory':
      return { residentBytes: process.memoryUsage.rss() };
  }
}

async function answer(raw: unknown): Promise<Answer> {
  const { id, order } = OrderMessage.parse(raw);
  try {
    return { id, ok: true, value: await carryOut(order) };
  } catch (error) {
    return { id, ok: false, message: error instanceof Error ? error.message : String(error) };
  }
}

/** Electron's utility process has a port to its parent; a child of plain Node has its own messages. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}
const { parentPort } = process as unknown as { parentPort?: ParentPort };
if (parentPort === undefined) {
  process.on('message', (message) => void answer(message).then((reply) => process.send?.(reply)));
  // Native work would hold up an orderly end, and nothing here has to be put in order.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
} else {
  parentPort.on('message', ({ data }) => {
    void answer(data).then((reply) => {
      parentPort.postMessage(reply);
    });
  });
}
