import { join } from 'node:path';
import type { Segment } from '../../../main/domain/transcript.ts';
import { findClips } from '../../../main/engine/clips/find.ts';
import { readBenchmark } from './benchmark.ts';

/**
 * What a first search costs: 30,000 words of real talk, about three hours, in a process that has searched nothing before.
 * Prints the CPU time of all threads, compiling and collecting garbage included, and the most memory the process has held.
 * Ends with 1 when a limit is broken. One run tells little on a machine that does other things; take the least of a few.
 *
 *   SOUNDBITE_TEST_DATA=FOLDER node test/bench/clips/cost.ts
 */
const WORDS = 30_000;
const MOST_CPU_MS = 300;
const MOST_MB = 100;

const shifted = (segment: Segment, byS: number): Segment => ({
  ...segment,
  fromS: segment.fromS + byS,
  toS: segment.toS + byS,
  words: segment.words.map((word) => ({ ...word, fromS: word.fromS + byS, toS: word.toS + byS })),
});

/** Episodes one after another until they hold the words; the title is that of the first. */
function longEpisode(folder: string): { segments: Segment[]; title: string; durationS: number } {
  const segments: Segment[] = [];
  let title = '';
  let words = 0;
  let endS = 0;
  for (const episode of readBenchmark(folder)) {
    if (words >= WORDS) break;
    if (words === 0) title = episode.title;
    for (const segment of episode.segments) {
      if (words >= WORDS) break;
      segments.push(shifted(segment, endS));
      words += segment.words.length;
    }
    endS = segments.at(-1)?.toS ?? 0;
  }
  return { segments, title, durationS: endS };
}

const data = process.env['SOUNDBITE_TEST_DATA'];
if (data === undefined) throw new Error('set SOUNDBITE_TEST_DATA to the folder that holds bench/clips');
const episode = longEpisode(join(data, 'bench', 'clips', 'editors-dev'));
const residentMb = process.memoryUsage.rss() / 1e6;
const before = process.cpuUsage();
const { windows, clips } = findClips(episode);
const { user, system } = process.cpuUsage(before);
const cpuMs = (user + system) / 1000;
const addedMb = process.resourceUsage().maxRSS / 1000 - residentMb;
process.stdout.write(
  `${(episode.durationS / 3600).toFixed(1)} h, ${windows} windows, ${clips.length} clips: ` +
    `${cpuMs.toFixed(0)} ms CPU (at most ${MOST_CPU_MS}), ${addedMb.toFixed(0)} MB more than before (at most ${MOST_MB})\n`,
);
process.exitCode = cpuMs <= MOST_CPU_MS && addedMb <= MOST_MB ? 0 : 1;
