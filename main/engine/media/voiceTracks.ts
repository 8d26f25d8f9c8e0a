import type { Levels } from '../../domain/levels.ts';
import type { Voices } from '../../domain/speaker.ts';
import { clamp } from '../../domain/time.ts';

/** What one microphone heard, on the episode's clock. */
export interface VoiceTrack {
  readonly speaker: string;
  readonly levels: Levels;
}

/** How loud the loudest hundredth of a track is tells how its own speaker comes through. */
const LOUD_SHARE = 0.99;
/** Microphones that differ more do not differ by their gain: what the quiet one hears is the others in the room. */
const MOST_GAIN_DB = 12;
/** Nothing quieter is a voice. */
const SILENT_DBFS = -60;

function loudDbfs({ rmsDbfs }: Levels): number {
  const sorted = rmsDbfs.slice().sort();
  return sorted[Math.floor((sorted.length - 1) * LOUD_SHARE)] ?? SILENT_DBFS;
}

const middleOf = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};

/** What makes each track as loud as the others, in decibels; a person who says nothing is not turned up to a speaker. */
function gainsOf(tracks: readonly VoiceTrack[]): number[] {
  const loud = tracks.map(({ levels }) => loudDbfs(levels));
  const usual = middleOf(loud);
  return loud.map((dbfs) => clamp(usual - dbfs, -MOST_GAIN_DB, MOST_GAIN_DB));
}

/** Speakers by the microphones they speak into: the energy of each track tells who is heard. */
export function voicesOfTracks(tracks: readonly VoiceTrack[]): Voices {
  const gains = gainsOf(tracks);
  return {
    speakers: tracks.map(({ speaker }) => speaker),
    heardIn: ({ fromS, toS }) =>
      tracks.map(({ levels: { rmsDbfs, blockS } }, at) => {
        let energy = 0;
        const last = Math.max(Math.floor(fromS / blockS) + 1, Math.round(toS / blockS));
        for (let block = Math.floor(fromS / blockS); block < last; block += 1) {
          const dbfs = (rmsDbfs[block] ?? -Infinity) + (gains[at] ?? 0);
          if (dbfs > SILENT_DBFS) energy += 10 ** (dbfs / 10);
        }
        return energy;
      }),
  };
}

/** A track stands out where it is this much louder than every other one. */
const STANDS_OUT_DB = 6;
/** Each voice is heard alone for so much of what is said, and somebody is for most of it. */
const LEAST_ALONE = 0.02;
const MOSTLY = 0.6;
/** A mix is as loud as the loudest voice nearly all the time. */
const AS_LOUD_DB = 4;
const NEARLY_ALWAYS = 0.8;

const levelAt = ({ levels }: VoiceTrack, block: number): number => levels.rmsDbfs[block] ?? SILENT_DBFS;

function spokenBlocks(tracks: readonly VoiceTrack[]): number[] {
  const longest = Math.max(0, ...tracks.map(({ levels }) => levels.rmsDbfs.length));
  const loudest = (block: number): number => Math.max(...tracks.map((track) => levelAt(track, block)));
  const spokenDbfs = Math.max(SILENT_DBFS, Math.max(...tracks.map(({ levels }) => loudDbfs(levels))) - 30);
  return Array.from({ length: longest }, (_, block) => block).filter((block) => loudest(block) > spokenDbfs);
}

const shareOf = (blocks: readonly number[], holds: (block: number) => boolean): number =>
  blocks.length === 0 ? 0 : blocks.filter(holds).length / blocks.length;

/** What the streams of one file are to each other. */
export interface SortedTracks {
  /** One voice each. */
  readonly voices: readonly VoiceTrack[];
  /** The track in which all of them are heard, where there is one. */
  readonly mix: VoiceTrack | undefined;
}

/** Tells whether the tracks of a recording are one voice each, beside a mix of them; undefined where they are something else. */
export function sortTracks(tracks: readonly VoiceTrack[]): SortedTracks | undefined {
  const blocks = spokenBlocks(tracks);
  const isMix = (track: VoiceTrack): boolean => {
    const others = tracks.filter((other) => other !== track);
    const isAsLoud = (block: number): boolean =>
      Math.abs(levelAt(track, block) - Math.max(...others.map((other) => levelAt(other, block)))) <
      AS_LOUD_DB;
    return others.length >= 2 && shareOf(blocks, isAsLoud) >= NEARLY_ALWAYS;
  };
  const mix = tracks.find(isMix);
  const voices = tracks.filter((track) => track !== mix);
  const alone = voices.map((voice) => {
    const others = voices.filter((other) => other !== voice);
    return shareOf(blocks, (block) =>
      others.every((other) => levelAt(voice, block) - levelAt(other, block) >= STANDS_OUT_DB),
    );
  });
  const isSpoken = alone.every((share) => share >= LEAST_ALONE);
  const isApart = alone.reduce((sum, share) => sum + share, 0) >= MOSTLY;
  return voices.length >= 2 && isSpoken && isApart ? { voices, mix } : undefined;
}
