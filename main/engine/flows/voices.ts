import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { AudioStream } from '../../domain/episode.ts';
import type { Voices } from '../../domain/speaker.ts';
import type { Segment } from '../../domain/transcript.ts';
import { readJson } from '../db/json.ts';
import { analyse } from '../media/analyse.ts';
import { readLevels } from '../media/levels.ts';
import { sortTracks, voicesOfTracks, type VoiceTrack } from '../media/voiceTracks.ts';
import { assignSpeakers } from '../transcripts/speakers.ts';
import { analysisFolderOf } from './analysisFolder.ts';
import type { EngineContext } from './context.ts';
import { recordOwned } from './recordOwned.ts';

/** A sound in which one speaker is heard better than the others. */
export interface VoiceSource {
  readonly speaker: string;
  readonly path: string;
  readonly audio: AudioStream;
  readonly durationS: number;
}

interface RunIn {
  readonly signal: AbortSignal;
  readonly cwd: string;
}

/** Which voices an episode has tracks of; written when the levels of all of them lie beside it. */
const StoredVoices = z.object({
  voices: z.array(z.object({ speaker: z.string(), levels: z.string() })).min(2),
  /** False where nobody mixed them: then only the first is heard in the episode. */
  isMixed: z.boolean(),
});

const pathOf = (engine: EngineContext, episodeId: string): string =>
  join(analysisFolderOf(engine, episodeId), 'voices.json');

async function readVoices(
  engine: EngineContext,
  episodeId: string,
): Promise<z.infer<typeof StoredVoices> | undefined> {
  const text = await readFile(pathOf(engine, episodeId), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : StoredVoices.parse(readJson(text));
}

/** Measures how loud each source is over time, and keeps only that: the 16 kHz copies go away again. */
async function measure(
  engine: EngineContext,
  sources: readonly VoiceSource[],
  { signal, cwd }: RunIn,
): Promise<VoiceTrack[]> {
  const tools = await engine.tools();
  const tracks: VoiceTrack[] = [];
  for (const [index, { speaker, ...order }] of sources.entries()) {
    const outDir = join(cwd, `voice-${index + 1}`);
    await mkdir(outDir, { recursive: true });
    const { levelsPath } = await analyse(tools, { ...order, outDir }, { signal });
    tracks.push({ speaker, levels: await readLevels(levelsPath) });
    await rm(outDir, { recursive: true, force: true });
  }
  return tracks;
}

async function keep(
  engine: EngineContext,
  episodeId: string,
  tracks: readonly VoiceTrack[],
  isMixed: boolean,
): Promise<void> {
  const folder = analysisFolderOf(engine, episodeId);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const voices: z.infer<typeof StoredVoices>['voices'] = [];
  const write = async (name: string, bytes: Uint8Array | string): Promise<void> => {
    const path = join(folder, name);
    await writeFile(`${path}.partial`, bytes, { mode: 0o600 });
    await rename(`${path}.partial`, path);
    await recordOwned(engine, path, 'analysis', episodeId);
  };
  for (const [index, { speaker, levels }] of tracks.entries()) {
    const { buffer, byteOffset, byteLength } = levels.rmsDbfs;
    const name = `voice-${index + 1}.f32`;
    await write(name, new Uint8Array(buffer, byteOffset, byteLength));
    voices.push({ speaker, levels: name });
  }
  await write('voices.json', JSON.stringify({ voices, isMixed } satisfies z.input<typeof StoredVoices>));
}

/** Keeps who speaks into which of the microphones that an episode was mixed of. */
export async function keepMicrophones(
  engine: EngineContext,
  episodeId: string,
  microphones: readonly VoiceSource[],
  run: RunIn,
): Promise<void> {
  await keep(engine, episodeId, await measure(engine, microphones, run), true);
}

/** More streams than this are no conversation. */
const MOST_STREAMS = 8;

/** Finds out whether the streams of one file are its speakers' own, and keeps that; files with one stream cost nothing. */
export async function keepStreams(engine: EngineContext, episodeId: string, run: RunIn): Promise<void> {
  const stored = engine.episodes.get(episodeId);
  if (stored === undefined) return;
  const { path, durationS } = stored.episode;
  const { audio } = stored.facts;
  const languages = new Set(audio.flatMap(({ language }) => (language === undefined ? [] : [language])));
  if (audio.length < 2 || audio.length > MOST_STREAMS || languages.size > 1) return;
  if ((await readVoices(engine, episodeId)) !== undefined) return;
  const sources = audio.map((stream, index) => ({
    speaker: stream.title ?? `Track ${index + 1}`,
    path,
    audio: stream,
    durationS,
  }));
  const tracks = await measure(engine, sources, run);
  const sorted = sortTracks(tracks);
  if (sorted !== undefined) await keep(engine, episodeId, sorted.voices, sorted.mix === tracks[0]);
}

/** Sentences for a person about the tracks of an episode. */
export async function voiceNotes(engine: EngineContext, episodeId: string): Promise<string[]> {
  const stored = await readVoices(engine, episodeId);
  if (stored === undefined || stored.isMixed) return [];
  const names = stored.voices.map(({ speaker }) => speaker).join(', ');
  return [
    `The file has a track for each speaker (${names}) and no mix that comes first: only its first track is heard. Import the tracks as files of their own with --together to hear all.`,
  ];
}

async function voicesOf(engine: EngineContext, episodeId: string): Promise<Voices | undefined> {
  const stored = await readVoices(engine, episodeId);
  if (stored === undefined) return undefined;
  const folder = analysisFolderOf(engine, episodeId);
  return voicesOfTracks(
    await Promise.all(
      stored.voices.map(async ({ speaker, levels }) => ({
        speaker,
        levels: await readLevels(join(folder, levels)),
      })),
    ),
  );
}

/** The sentences with their speakers, where something tells them apart; a speaker that is named already stays. */
export async function withSpeakers(
  engine: EngineContext,
  episodeId: string,
  segments: readonly Segment[],
): Promise<readonly Segment[]> {
  const voices = await voicesOf(engine, episodeId);
  return voices === undefined ? segments : assignSpeakers(segments, voices);
}
