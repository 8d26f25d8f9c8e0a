import { basename, dirname, extname } from 'node:path';
import type { MediaFacts } from '../../domain/episode.ts';

export { mixMicrophones } from './mixMicrophones.ts';

export interface RecordedFile {
  readonly path: string;
  readonly facts: MediaFacts;
  /** When the recorder began, where that is known (wall time). */
  readonly startedAtMs?: number;
}

/** One conversation recorded with a file for each microphone. */
export interface MicrophoneGroup {
  /** What the file names have in common, or the folder's name. */
  readonly name: string;
  /** In order of path; the speaker's name is a guess from the file name. */
  readonly microphones: readonly { readonly path: string; readonly speaker: string }[];
}

const CLOSE_S = 5;
const CLOSE_SHARE = 0.02;
const STARTED_TOGETHER_MS = 5 * 60_000;

/** A number after one of these counts microphones; after anything else it counts episodes. */
const COUNTED = new Set(
  [
    'track',
    'tr',
    'trk',
    'mic',
    'mike',
    'ch',
    'chn',
    'channel',
    'input',
    'in',
    'speaker',
    'spk',
    'spkr',
  ].concat(['guest', 'host', 'person', 'participant', 'voice', 'audio', 'lav', 'xlr']),
);
/** Words that tell versions, parts or days apart: such files are not two voices of one conversation. */
const NOT_SPEAKERS = new Set(
  ['final', 'edit', 'edited', 'mix', 'mixed', 'mixdown', 'master', 'mastered', 'raw', 'draft', 'copy'].concat(
    ['backup', 'old', 'new', 'clean', 'processed', 'enhanced', 'full', 'short', 'trailer', 'teaser', 'bonus'],
    ['intro', 'outro', 'part', 'pt', 'take', 'episode', 'ep', 'season', 'stereo', 'mono', 'music', 'video'],
    ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday', 'morning', 'evening'],
    ['january', 'february', 'march', 'april', 'june', 'july', 'august', 'september', 'october', 'november'],
    ['december'],
  ),
);

/**
 * Finds files that are the microphones of one conversation: in one folder, sound alone, about equally long, begun at about
 * the same time, and with names that differ only in a speaker or a track number. Files that fit nowhere are left out.
 * A proposal for a person to confirm: names and lengths cannot prove it.
 */
export function groupMicrophones(files: readonly RecordedFile[]): MicrophoneGroup[] {
  const waiting = files
    .map((file) => ({ ...file, tokens: tokensOf(file.path) }))
    .filter(({ facts }) => facts.audio.length > 0 && facts.video === null)
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const groups: MicrophoneGroup[] = [];
  while (waiting.length > 0) {
    const first = waiting.shift();
    if (first === undefined) break;
    const members = [first];
    for (const candidate of [...waiting]) {
      if (!fits(members, candidate)) continue;
      members.push(candidate);
      waiting.splice(waiting.indexOf(candidate), 1);
    }
    if (members.length > 1) groups.push(toGroup(members));
  }
  return groups;
}

interface NamedFile extends RecordedFile {
  readonly tokens: readonly string[];
}

/** Words and numbers of a name: "ZOOM0001_Tr1" is ZOOM 0001 Tr 1, "audioAnnaB21" is audio Anna B 21. */
const tokensOf = (path: string): string[] =>
  basename(path, extname(path)).match(/\p{Lu}?[\p{Ll}\p{M}'’]+|\p{Lu}+(?!\p{Ll})|\p{Lo}+|\d+/gu) ?? [];

/** A file belongs to a group when all of them together still differ only in a speaker. */
function fits(members: readonly NamedFile[], candidate: NamedFile): boolean {
  if (!members.every((member) => recordedTogether(member, candidate))) return false;
  const all = [...members, candidate];
  const shared = sharedTokens(all.map(({ tokens }) => tokens));
  const differing = all.map(({ tokens }) => tokens.slice(shared.before, tokens.length - shared.after));
  if (shared.before + shared.after === 0) return false;
  const precededBy = candidate.tokens[shared.before - 1]?.toLowerCase() ?? '';
  return differing.every((tokens) => namesSpeaker(tokens, precededBy));
}

function recordedTogether(a: NamedFile, b: NamedFile): boolean {
  if (dirname(a.path) !== dirname(b.path) || areEpisodes(a.facts, b.facts)) return false;
  const longerS = Math.max(a.facts.durationS, b.facts.durationS);
  const apartS = Math.abs(a.facts.durationS - b.facts.durationS);
  if (apartS > Math.max(CLOSE_S, CLOSE_SHARE * longerS)) return false;
  if (a.startedAtMs === undefined || b.startedAtMs === undefined) return true;
  return Math.abs(a.startedAtMs - b.startedAtMs) <= STARTED_TOGETHER_MS;
}

/** Published episodes carry titles of their own under one show; recorders write no such tags. */
function areEpisodes(a: MediaFacts, b: MediaFacts): boolean {
  const show = a.tags['album'] ?? a.tags['artist'];
  return show !== undefined && a.tags['title'] !== undefined && a.tags['title'] !== b.tags['title'];
}

/** How many tokens all names share at their beginning and, beyond that, at their end. */
function sharedTokens(names: readonly (readonly string[])[]): { before: number; after: number } {
  const shortest = Math.min(...names.map(({ length }) => length));
  const alike = (pick: (tokens: readonly string[]) => string | undefined): boolean =>
    new Set(names.map((tokens) => pick(tokens)?.toLowerCase())).size === 1;
  let before = 0;
  while (before < shortest && alike((tokens) => tokens[before])) before += 1;
  let after = 0;
  while (after < shortest - before && alike((tokens) => tokens.at(-1 - after))) after += 1;
  return { before, after };
}

const isNumber = (token: string): boolean => /^\d+$/.test(token);

function namesSpeaker(tokens: readonly string[], precededBy: string): boolean {
  const [first] = tokens;
  if (first === undefined) return false;
  if (tokens.some((token) => NOT_SPEAKERS.has(token.toLowerCase()))) return false;
  return !isNumber(first) || COUNTED.has(precededBy);
}

function toGroup(members: readonly NamedFile[]): MicrophoneGroup {
  const names = members.map(({ tokens }) => tokens);
  const { before, after } = sharedTokens(names);
  const counted = names[0]?.[before - 1];
  const prefix = (names[0] ?? []).slice(0, before);
  const suffix = after === 0 ? [] : (names[0] ?? []).slice(-after);
  const common = [...prefix, ...suffix].filter((token) => !COUNTED.has(token.toLowerCase()));
  const folder = members[0] === undefined ? '' : basename(dirname(members[0].path));
  return {
    name: common.length > 0 ? common.join(' ') : folder,
    microphones: members.map(({ path, tokens }) => ({
      path,
      speaker: speakerOf(tokens.slice(before, tokens.length - after), counted),
    })),
  };
}

/** "Anna", "Anna Smith", "Track 1"; long numbers are the recorder's, not the speaker's. */
function speakerOf(tokens: readonly string[], counted: string | undefined): string {
  const isCounted = tokens.every(isNumber) && counted !== undefined;
  const kept = isCounted
    ? [counted, ...tokens]
    : tokens.filter((token) => !isNumber(token) || token.length < 4);
  return (kept.length === 0 ? tokens : kept).map(capitalised).join(' ');
}

const capitalised = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);
