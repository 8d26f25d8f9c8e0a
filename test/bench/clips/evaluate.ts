import { join } from 'node:path';
import { LONGEST_S, SHORTEST_S, findClips, type Found } from '../../../main/engine/clips/find.ts';
import { areaUnderCurve, hits, readBenchmark, type BenchmarkEpisode } from './benchmark.ts';

/**
 * Runs the finder over the benchmark of moments that editors chose and prints how well it does.
 *
 *   SOUNDBITE_TEST_DATA=FOLDER node test/bench/clips/evaluate.ts [SET...]
 */
const SETS = ['editors-dev', 'editors-more'];
const SAME_EDGE_S = 0.25;

interface Row {
  readonly recall: number;
  readonly auc: number | undefined;
  readonly midSentence: number;
  readonly lengthS: number;
  readonly outOfRange: number;
  readonly best: number;
  readonly middle: number;
  readonly findMs: number;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** The best ten that do not overlap, as the benchmark counts them. */
function bestTen(clips: Found['clips']): Found['clips'] {
  const kept: Found['clips'] = [];
  for (const clip of clips) {
    if (kept.length === 10) break;
    if (kept.every((other) => clip.outS <= other.inS || clip.inS >= other.outS)) kept.push(clip);
  }
  return kept;
}

function evaluate(episode: BenchmarkEpisode): Row {
  const { segments, durationS, title } = episode;
  const before = process.cpuUsage();
  const { clips } = findClips({ segments, durationS, title, limit: 20 });
  const { user, system } = process.cpuUsage(before);
  const all = findClips({ segments, durationS, title, all: true }).clips;
  const top = bestTen(all);
  const caught = episode.truth.filter((moment) => top.some((clip) => hits(clip, moment)));
  const weightOf = (moments: BenchmarkEpisode['truth']): number =>
    moments.reduce((sum, { weight }) => sum + weight, 0);
  const starts = segments.map(({ fromS }) => fromS);
  const ends = segments.map(({ toS }) => toS);
  const isOff = (edges: readonly number[], atS: number): boolean =>
    !edges.some((edge) => Math.abs(edge - atS) <= SAME_EDGE_S);
  return {
    recall: weightOf(caught) / weightOf(episode.truth),
    auc: areaUnderCurve(
      all.map(({ score }) => score),
      all.map((clip) => episode.truth.some((moment) => hits(clip, moment))),
    ),
    midSentence: mean(clips.map((clip) => (isOff(starts, clip.inS) || isOff(ends, clip.outS) ? 1 : 0))),
    outOfRange: mean(clips.map(({ durationS: s }) => (s < SHORTEST_S || s > LONGEST_S ? 1 : 0))),
    lengthS: mean(top.map((clip) => clip.durationS)),
    best: all[0]?.score ?? 0,
    middle: all[Math.floor(all.length / 2)]?.score ?? 0,
    findMs: (user + system) / 1000,
  };
}

const folder = process.env['SOUNDBITE_TEST_DATA'];
if (folder === undefined) throw new Error('set SOUNDBITE_TEST_DATA to the folder that holds bench/clips');
const named = process.argv.slice(2);
for (const set of named.length > 0 ? named : SETS) {
  const rows = [...readBenchmark(join(folder, 'bench', 'clips', set))].map(evaluate);
  const of = (pick: (row: Row) => number): string => mean(rows.map(pick)).toFixed(3);
  const aucs = rows.map(({ auc }) => auc).filter((auc) => auc !== undefined);
  process.stdout.write(
    `${set}: ${rows.length} episodes\n` +
      `  recall@10        ${of(({ recall }) => recall)}\n` +
      `  AUC, all windows ${mean(aucs).toFixed(3)}\n` +
      `  mid-sentence     ${of(({ midSentence }) => midSentence)}\n` +
      `  outside 12-60 s  ${of(({ outOfRange }) => outOfRange)}\n` +
      `  length, top 10   ${of(({ lengthS }) => lengthS)} s\n` +
      `  score, best      ${of(({ best }) => best)}\n` +
      `  score, middle    ${of(({ middle }) => middle)}\n` +
      `  CPU a search     ${of(({ findMs }) => findMs)} ms\n`,
  );
}
