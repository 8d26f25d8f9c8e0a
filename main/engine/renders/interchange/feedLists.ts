import { lengthS, toMilliseconds } from '../../../domain/time.ts';
import { type Cut, type CutList, oneLine } from './cutList.ts';
import { attributes, xmlText } from './xml.ts';

const seconds = (timeS: number): string => String(toMilliseconds(timeS));
const rangeOf = ({ inS, outS }: Cut) => ({ fromS: inS, toS: outS });

/** Rows of start, end and name in seconds without a head, as LosslessCut reads them. */
export const writeLosslessCutCsv = ({ cuts }: CutList): string =>
  cuts.map((cut) => `${seconds(cut.inS)},${seconds(cut.outS)},${quoted(oneLine(cut.title))}\n`).join('');

const quoted = (text: string): string => (/[",]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** The namespace asks for no more. */
const LONGEST_SOUNDBITE_TITLE = 128;
const soundbiteTitle = ({ title }: Cut): string =>
  Array.from(oneLine(title)).slice(0, LONGEST_SOUNDBITE_TITLE).join('');

/** Lines for the item of a feed (https://github.com/Podcastindex-org/podcast-namespace, soundbite). */
export const writeSoundbites = ({ cuts }: CutList): string =>
  cuts
    .map((cut) => {
      const at = attributes({ startTime: seconds(cut.inS), duration: seconds(lengthS(rangeOf(cut))) });
      return `<podcast:soundbite${at}>${xmlText(soundbiteTitle(cut))}</podcast:soundbite>\n`;
    })
    .join('');

/** The same as data, with the names that the Podcast Index gives them. */
export const writeSoundbitesJson = ({ cuts }: CutList): string =>
  `${JSON.stringify(
    {
      soundbites: cuts.map((cut) => ({
        startTime: toMilliseconds(cut.inS),
        duration: toMilliseconds(lengthS(rangeOf(cut))),
        title: soundbiteTitle(cut),
      })),
    },
    null,
    2,
  )}\n`;

/** The namespace recommends soundbites of 15 to 120 seconds; others are told. */
export const soundbiteNotes = ({ cuts }: CutList): string[] =>
  cuts
    .filter((cut) => lengthS(rangeOf(cut)) < 15 || lengthS(rangeOf(cut)) > 120)
    .map(
      (cut) =>
        `“${oneLine(cut.title)}” is ${lengthS(rangeOf(cut)).toFixed(0)} s long; players are told to expect 15 to 120 s.`,
    );

/** Where a part of the episode begins, and what it is about. */
export interface Chapter {
  readonly startS: number;
  readonly title: string;
}

/** Chapters that begin closer together than this are one. */
const SHORTEST_CHAPTER_S = 30;

/**
 * Chapters of the whole episode: a person's own marks, then the kept clips where no mark is near; the first one begins
 * with the episode.
 */
export function chaptersOf(marks: readonly Chapter[], { cuts, episode }: CutList): Chapter[] {
  const chosen: Chapter[] = [];
  const isFree = ({ startS }: Chapter): boolean =>
    chosen.every((other) => Math.abs(other.startS - startS) >= SHORTEST_CHAPTER_S);
  const candidates = [...marks, ...cuts.map(({ inS, title }) => ({ startS: inS, title }))];
  for (const { startS, title } of candidates) {
    // What begins within the first half minute is what the episode begins with.
    const chapter = { startS: startS < SHORTEST_CHAPTER_S ? 0 : startS, title: oneLine(title) };
    if (chapter.title !== '' && isFree(chapter)) chosen.push(chapter);
  }
  const opening = { startS: 0, title: oneLine(episode.title) };
  return [...(isFree(opening) ? [opening] : []), ...chosen].toSorted((a, b) => a.startS - b.startS);
}

/** Podcasting 2.0 JSON chapters, version 1.2. */
export const writeChapters = (chapters: readonly Chapter[], { episode }: CutList): string =>
  `${JSON.stringify(
    {
      version: '1.2.0',
      title: oneLine(episode.title),
      podcastName: oneLine(episode.showName),
      chapters: chapters.map(({ startS, title }) => ({ startTime: toMilliseconds(startS), title })),
    },
    null,
    2,
  )}\n`;
