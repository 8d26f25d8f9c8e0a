import type { Candidate, Clip, FoundBy, ScorePart } from '../../domain/clip.ts';
import type { Episode } from '../../domain/episode.ts';
import type { ExportedFile } from '../../domain/exportedFile.ts';
import { formatClock } from '../../domain/time.ts';

const QUOTE_LENGTH = 60;

/** A number of points with its sign. */
export const signed = (points: number): string => (points > 0 ? `+${points}` : String(points));

const shorten = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text;

/** standsAlone is printed as "stands alone". */
export const spaced = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** The parts that moved the score, largest first, each with the words that did most for it. */
function describeParts(parts: readonly ScorePart[]): string[] {
  const moved = parts
    .filter((part) => part.points !== 0)
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
  return moved.map((part) => {
    const [best] = [...part.because].sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
    const quote =
      best === undefined ? '' : `  “${shorten(best.text, QUOTE_LENGTH)}” at ${formatClock(best.fromS)}`;
    const learned = part.learned === undefined ? '' : `  (your feedback: x ${part.learned.toFixed(2)})`;
    return `${signed(part.points).padStart(6)}  ${spaced(part.name).padEnd(14)}${quote}${learned}`;
  });
}

const FOUND_BY: Readonly<Record<FoundBy, string>> = {
  words: '',
  ear: '  found by ear',
  mark: '  your mark',
  coldOpen: '  the show opens with it',
};

/** A clip as an editor would tell it: rank, score, where, what, why. */
export function describeClip(clip: Candidate, rank: number, id?: string): string[] {
  const where = `${formatClock(clip.inS)} to ${formatClock(clip.outS)}, ${clip.durationS.toFixed(1)} s`;
  return [
    `${String(rank).padStart(2)}.  ${Math.round(clip.score)} / 100  ${clip.title}`,
    `      ${where}${FOUND_BY[clip.foundBy]}, ${clip.confidence} confidence${id === undefined ? '' : `  ${id}`}`,
    `      ${clip.reason}`,
    ...describeParts(clip.parts).map((line) => `      ${line}`),
  ];
}

/** Where a clip's moment was heard before, a line for each. */
export const describeSeen = ({ seenBefore = [] }: Clip): string[] =>
  seenBefore.map(({ kind, episodeTitle, fromS, exportedAtMs, episodeId }) => {
    const where = `“${episodeTitle}” at ${formatClock(fromS)} (${episodeId})`;
    const day = new Date(exportedAtMs ?? 0).toISOString().slice(0, 10);
    return kind === 'exported'
      ? `      ! Exported already on ${day}: ${where}`
      : `      ! Nearly the same words: ${where}`;
  });

export function describeExport(file: ExportedFile): string[] {
  const frame = file.width === null ? 'sound' : `${file.width}x${file.height ?? 0}`;
  const passed = file.proof.checks.filter((check) => check.passed).length;
  const measured = `${file.durationS.toFixed(1)} s, ${file.integratedLufs.toFixed(1)} LUFS, ${file.truePeakDbtp.toFixed(1)} dBTP`;
  return [
    `      ${file.path}`,
    `      ${file.preset}: ${frame}, ${measured}, ${(file.bytes / 1e6).toFixed(1)} MB, ${passed} of ${file.proof.checks.length} checks passed`,
    ...file.warnings.map((line) => `      ! ${line}`),
  ];
}

export function describeEpisode(episode: Episode): string[] {
  const kind = episode.hasVideo ? 'video' : 'audio';
  const words =
    episode.transcriptSource === null ? 'no transcript' : `transcript ${episode.transcriptSource}`;
  return [
    `${episode.id}  ${episode.title}`,
    `      ${formatClock(episode.durationS)}, ${kind}, ${words}, ${episode.state}`,
    ...[...episode.warnings, ...episode.notes].map((line) => `      ! ${line}`),
  ];
}
