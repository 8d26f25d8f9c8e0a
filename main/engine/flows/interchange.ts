import type { Bleeps } from '../../domain/bleeps.ts';
import { AppError } from '../../domain/errors.ts';
import { uprightSize } from '../../domain/framing.ts';
import type {
  CutChange,
  CutComparison,
  EditableFormat,
  InterchangeFormat,
} from '../../domain/interchange.ts';
import type { Show } from '../../domain/show.ts';
import { frameRateOf } from '../../domain/timecode.ts';
import type { StoredEpisode } from '../db/episodes.ts';
import { maskText } from '../renders/bleeps.ts';
import type { Cut, CutList } from '../renders/interchange/cutList.ts';
import { readEdl, writeEdl } from '../renders/interchange/edl.ts';
import { writeFcpxml } from '../renders/interchange/fcpxml.ts';
import {
  chaptersOf,
  soundbiteNotes,
  writeChapters,
  writeLosslessCutCsv,
  writeSoundbites,
  writeSoundbitesJson,
} from '../renders/interchange/feedLists.ts';
import { matchCuts, type MovedCut } from '../renders/interchange/matchCuts.ts';
import { readOtio } from '../renders/interchange/readOtio.ts';
import { otioRate, writeOtio } from '../renders/interchange/writeOtio.ts';
import type { EngineContext } from './context.ts';
import { exportTranscript } from './exportTranscript.ts';
import { clipNamed } from './feedback.ts';
import { offRecordIn } from './offLimits.ts';
import { searchInputOf, type SearchInput } from './searchInput.ts';
import { recut, scoreAsSearched } from './trims.ts';

/** A file for other programs, as text. */
export interface Interchange {
  readonly text: string;
  readonly fileName: string;
  /** How many clips or chapters it holds; null for a transcript. */
  readonly entries: number | null;
  readonly notes: string[];
}

/** What timecode is counted in where there is no picture. */
const SOUND_FRAMES_PER_S = 30;

const SUFFIXES: Readonly<Record<InterchangeFormat, string>> = {
  otio: 'otio',
  edl: 'edl',
  fcpxml: 'fcpxml',
  csv: 'csv',
  soundbites: 'soundbites.xml',
  'soundbites-json': 'soundbites.json',
  chapters: 'chapters.json',
  srt: 'srt',
  vtt: 'vtt',
};

/**
 * The kept clips of an episode, its chapters or its words as the text of a file. Clips that touch what is off the record
 * are left out and told. Throws NOT_FOUND, BAD_INPUT where no clip was kept, TRANSCRIPT_EMPTY where no words are known.
 */
export function writeInterchange(
  engine: EngineContext,
  episodeId: string,
  format: InterchangeFormat,
): Interchange {
  if (format === 'srt' || format === 'vtt')
    return { ...exportTranscript(engine, episodeId, format), entries: null, notes: [] };
  const { list, notes, masked } = cutListOf(engine, episodeId);
  const title = list.episode.title.replace(/[/\\:*?"<>|\p{Cc}]+/gu, ' ').trim();
  const fileName = `${title.slice(0, 80)}.${SUFFIXES[format]}`;
  if (format === 'chapters') {
    const marks = marksOf(engine, episodeId).map((mark) => ({ ...mark, title: masked(mark.title) }));
    const chapters = chaptersOf(marks, list);
    return { text: writeChapters(chapters, list), fileName, entries: chapters.length, notes };
  }
  if (list.cuts.length === 0)
    throw new AppError('BAD_INPUT', `no clip of ${episodeId} was kept yet, so there is nothing to list`);
  return {
    text: WRITERS[format](list),
    fileName,
    entries: list.cuts.length,
    notes: [...notes, ...(format.startsWith('soundbites') ? soundbiteNotes(list) : [])],
  };
}

const WRITERS: Readonly<
  Record<Exclude<InterchangeFormat, 'chapters' | 'srt' | 'vtt'>, (list: CutList) => string>
> = {
  otio: writeOtio,
  edl: writeEdl,
  fcpxml: writeFcpxml,
  csv: writeLosslessCutCsv,
  soundbites: writeSoundbites,
  'soundbites-json': writeSoundbitesJson,
};

function openEpisode(engine: EngineContext, episodeId: string): StoredEpisode {
  const stored = engine.episodes.get(episodeId);
  if (stored === undefined) throw new AppError('NOT_FOUND', `there is no episode ${episodeId}`);
  return stored;
}

function cutListOf(
  engine: EngineContext,
  episodeId: string,
): { list: CutList; notes: string[]; masked: (text: string) => string } {
  const stored = openEpisode(engine, episodeId);
  const { episode, facts } = stored;
  const [audio] = facts.audio;
  const show = engine.shows.get(episode.showId);
  // Lists leave the house as exports do, so what the show masks is masked in their titles.
  const masked = (text: string): string => maskText(text, show === undefined ? null : maskingOf(show));
  const kept = keptCuts(engine, episodeId).map((cut) => ({ ...cut, title: masked(cut.title) }));
  const isHeard = ({ inS, outS }: Cut): boolean =>
    offRecordIn(engine, episodeId, { fromS: inS, toS: outS }) === undefined;
  const list: CutList = {
    episode: {
      title: masked(episode.title),
      showName: masked(show?.name ?? ''),
      path: episode.path,
      durationS: episode.durationS,
    },
    rate: frameRateOf(facts.video?.framesPerSecond ?? SOUND_FRAMES_PER_S),
    picture: facts.video === null ? undefined : uprightSize(facts.video),
    sound: audio === undefined ? undefined : { channels: audio.channels, sampleRateHz: audio.sampleRateHz },
    cuts: kept.filter(isHeard),
  };
  const notes = kept
    .filter((cut) => !isHeard(cut))
    .map(({ title }) => `“${title}” is left out: some of it was marked off the record.`);
  return { list, notes, masked };
}

const maskingOf = ({ bleeps: { words, mode } }: Show): Bleeps | null =>
  words.length === 0 ? null : { words, mode };

const keptCuts = (engine: EngineContext, episodeId: string): Cut[] =>
  engine.clips
    .list(episodeId)
    .filter(({ state }) => state === 'kept' || state === 'trimmed')
    .map(({ id, title, inS, outS }) => ({ clipId: id, title, inS, outS }))
    .toSorted((a, b) => a.inS - b.inS || a.outS - b.outS);

const marksOf = (engine: EngineContext, episodeId: string) =>
  engine.marks
    .list(episodeId)
    .filter(
      ({ atS, toS }) => offRecordIn(engine, episodeId, { fromS: atS, toS: toS ?? atS + 0.1 }) === undefined,
    )
    .map(({ atS, note }) => ({ startS: atS, title: note }));

/**
 * Holds an edited list against the clips it was made of, and cuts them as it says where apply is true: to whole words,
 * each as a trim that can be undone. Throws NOT_FOUND, and BAD_INPUT for a text that is no such list.
 */
export async function readInterchange(
  engine: EngineContext,
  request: {
    readonly episodeId: string;
    readonly format: EditableFormat;
    readonly text: string;
    readonly apply: boolean;
  },
): Promise<CutComparison> {
  const { episodeId, apply } = request;
  const stored = openEpisode(engine, episodeId);
  const { list } = cutListOf(engine, episodeId);
  const rate = request.format === 'otio' ? otioRate(list) : list.rate;
  const read = request.format === 'otio' ? readOtio(request.text) : readEdl(request.text, rate);
  const match = matchCuts(list.cuts, read, { rate, path: list.episode.path });
  const search = await searchInputOf(engine, stored);
  const changes: CutChange[] = [];
  const notes = [...match.notes];
  let { unchanged } = match;
  for (const moved of match.moved) {
    const change = await changeOf(engine, search, moved, apply);
    if (typeof change === 'string') notes.push(change);
    else if (change === undefined) unchanged += 1;
    else changes.push(change);
  }
  return { changes, unchanged, notes, applied: apply };
}

/** What a moved cut becomes; a sentence where it cannot be, undefined where the nearest words are those it has. */
async function changeOf(
  engine: EngineContext,
  search: SearchInput,
  { cut, range }: MovedCut,
  apply: boolean,
): Promise<CutChange | string | undefined> {
  const clip = clipNamed(engine, cut.clipId);
  try {
    if (range.toS <= range.fromS) throw new AppError('BAD_INPUT', 'a clip has to end after it begins');
    const candidate = scoreAsSearched(search, range, false);
    if (candidate.inS === clip.inS && candidate.outS === clip.outS) return undefined;
    const after = apply ? await recut(engine, clip, candidate) : candidate;
    return {
      clipId: clip.id,
      title: clip.title,
      before: { fromS: clip.inS, toS: clip.outS },
      asked: range,
      after: { fromS: after.inS, toS: after.outS },
      score: { before: clip.score, after: after.score },
    };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return `“${clip.title}” stays as it is: ${error.message}.`;
  }
}
