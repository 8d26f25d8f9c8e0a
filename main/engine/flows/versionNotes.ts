import type { VersionOutcome } from '../../domain/newVersion.ts';
import { formatClock, lengthS, type TimeRange } from '../../domain/time.ts';

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

const places = (ranges: readonly TimeRange[]): string =>
  ranges.map((range) => `${lengthS(range).toFixed(1)} s at ${formatClock(range.fromS)}`).join(', ');

/** What a person should know about an episode that got a new version of its recording, in sentences. */
export function describeNewVersion({ map, changedClips, gone }: VersionOutcome): string[] {
  const notes: string[] = [];
  if (map.added.length > 0)
    notes.push(
      `The new version has more than the old one: ${places(map.added)}. Nothing is written down of it yet.`,
    );
  if (map.cut.length > 0)
    notes.push(
      `The new version no longer has all of the old one: ${places(map.cut)} of the old clock were cut.`,
    );
  const lost = [
    gone.words.length > 0 && `“${gone.words.map(({ text }) => text).join(' … ')}”`,
    gone.edits.length > 0 && counted(gone.edits.length, 'correction', 'corrections'),
    gone.offLimits.length > 0 && counted(gone.offLimits.length, 'range off limits', 'ranges off limits'),
    ...gone.marks.map(({ atS, note }) => `the mark at ${formatClock(atS)}${note === '' ? '' : ` (${note})`}`),
  ].filter((part) => part !== false);
  if (lost.length > 0) notes.push(`With what was cut went ${lost.join(', ')}.`);
  for (const { title, inS } of gone.clips)
    notes.push(
      `The clip “${title}”, once at ${formatClock(inS)}, was cut. It stays in the list but cannot be exported.`,
    );
  for (const { title, cutS, addedS } of changedClips)
    notes.push(`The clip “${title}” is another one now: ${changeOf(cutS, addedS)}.`);
  return notes;
}

function changeOf(cutS: number, addedS: number): string {
  const said = [
    cutS > 0 && `${cutS.toFixed(1)} s were cut out of it`,
    addedS > 0 && `${addedS.toFixed(1)} s were put into it`,
  ];
  return said.filter((part) => part !== false).join(' and ');
}
