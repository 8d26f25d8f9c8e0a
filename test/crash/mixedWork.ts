import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Candidate } from '../../main/domain/clip.ts';
import type { Episode } from '../../main/domain/episode.ts';
import type { PresetId } from '../../main/domain/preset.ts';
import type { Engine } from '../../main/engine/createEngine.ts';
import { importEpisodes } from '../../main/engine/flows/importEpisodes.ts';
import { requestExports } from '../../main/engine/flows/requestExports.ts';

const SAMPLE_RATE_HZ = 8_000;
const CLIP_S = 1.2;
const CLIPS = 400;

/** Every so many jobs one takes a recording in, and one renders a picture; the others are sound alone. */
const INTAKE_EVERY = 10;
const VIDEO_EVERY = 25;

/** A wave file of a tone that swells and fades, mono, 16 bit: small, real, and different for each pitch. */
export function toneFile(durationS: number, pitchHz: number): Buffer {
  const frames = Math.round(durationS * SAMPLE_RATE_HZ);
  const bytes = Buffer.alloc(44 + 2 * frames);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + 2 * frames, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(SAMPLE_RATE_HZ, 24);
  bytes.writeUInt32LE(2 * SAMPLE_RATE_HZ, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(2 * frames, 40);
  for (let frame = 0; frame < frames; frame += 1) {
    const atS = frame / SAMPLE_RATE_HZ;
    const swell = 0.4 + 0.3 * Math.sin(2 * Math.PI * 0.7 * atS);
    bytes.writeInt16LE(Math.round(swell * 12_000 * Math.sin(2 * Math.PI * pitchHz * atS)), 44 + 2 * frame);
  }
  return bytes;
}

const candidate = (title: string, inS: number, durationS: number): Candidate => ({
  inS,
  outS: inS + durationS,
  durationS,
  score: 50,
  confidence: 'medium',
  foundBy: 'ear',
  reason: 'A tone that swells and fades.',
  parts: [],
  title,
  text: '',
  speakers: [],
  titles: [],
  scorerVersion: 'test',
});

const SOURCE_TITLE = 'Tones';
const LONG_TITLE = 'the long tone';

/** Takes one recording in, as a person would, and gives it many short clips to be exported. */
export async function importSource(engine: Engine, mediaFolder: string): Promise<void> {
  mkdirSync(mediaFolder, { recursive: true });
  const path = join(mediaFolder, 'source.wav');
  writeFileSync(path, toneFile(60, 220));
  const jobs = await importEpisodes(engine.queue, {
    paths: [path],
    transcriptPath: null,
    title: SOURCE_TITLE,
    together: false,
    atLeast: 1,
  });
  const [intake] = await engine.queue.settled(jobs.map(({ id }) => id));
  // The review that the recording brings along comes right after it.
  await engine.queue.settled([(intake?.id ?? 0) + 1]);
  const { id } = sourceOf(engine);
  await engine.library.write(() => {
    const short = Array.from({ length: CLIPS }, (_, index) =>
      candidate(`tone ${index}`, 1 + index * 0.125, CLIP_S),
    );
    engine.clips.replaceCandidates(id, [...short, candidate(LONG_TITLE, 1, 55)], 0);
  });
}

function sourceOf(engine: Engine): Episode {
  const source = engine.episodes.list().find(({ title }) => title === SOURCE_TITLE);
  if (source === undefined) throw new Error('the source has not been taken in');
  return source;
}

/** Puts jobs in line until so many wait or run: each is asked for once, in an order that a restart continues. */
export async function topUp(
  engine: Engine,
  orders: { readonly jobsInLine: number; readonly exportFolder: string; readonly mediaFolder: string },
): Promise<void> {
  if (orders.jobsInLine === 0) return;
  const clips = engine.clips.list(sourceOf(engine).id);
  while (inLine(engine) < orders.jobsInLine) {
    const turn = engine.queue.overview.newestId();
    if (turn % INTAKE_EVERY === 0) await takeIn(engine, join(orders.mediaFolder, `note ${turn}.wav`), turn);
    else {
      const clip = clips[Math.floor(turn / 2) % CLIPS];
      if (clip === undefined) throw new Error('the source has no clips');
      const preset: PresetId = turn % VIDEO_EVERY === 7 ? 'square' : turn % 2 === 0 ? 'audio' : 'audio-mp3';
      await requestExports(engine, engine.queue, {
        clipIds: [clip.id],
        presets: [preset],
        folder: orders.exportFolder,
      });
    }
  }
}

/** Asks for an export that takes many seconds. */
export async function requestLongExport(engine: Engine, folder: string): Promise<void> {
  const clip = engine.clips.list(sourceOf(engine).id).find(({ title }) => title === LONG_TITLE);
  if (clip === undefined) throw new Error('the source has no long clip');
  await requestExports(engine, engine.queue, { clipIds: [clip.id], presets: ['square'], folder });
}

function inLine(engine: Engine): number {
  const open = engine.queue.overview
    .counts()
    .filter(({ state }) => state === 'pending' || state === 'processing' || state === 'paused');
  return open.reduce((sum, { count }) => sum + count, 0);
}

async function takeIn(engine: Engine, path: string, turn: number): Promise<void> {
  if (!existsSync(path)) {
    writeFileSync(`${path}.new`, toneFile(1.5, 200 + turn));
    renameSync(`${path}.new`, path);
  }
  await importEpisodes(engine.queue, {
    paths: [path],
    transcriptPath: null,
    title: null,
    together: false,
    atLeast: 1,
  });
}
