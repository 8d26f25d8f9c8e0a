import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ScoreProfile } from '../../../main/domain/show.ts';
import { scoreWindows } from '../../../main/engine/clips/find.ts';
import { FEATURES, type NamedFeature } from '../../../main/engine/clips/parts/catalogue.ts';
import { DEFAULT_WEIGHTS, pointsOf, type Weights } from '../../../main/engine/clips/weights.ts';
import { readBenchmark, type BenchmarkEpisode } from './benchmark.ts';
import { describeFigures, figuresOf, mean, type Figures } from './figures.ts';
import { addMoments, emptyMoments, fitRidge, type Moments } from './ridge.ts';
import { SIZE, sample, type Sample } from './samples.ts';

/**
 * Fits the finder's weights to what editors chose and what was laughed at, and prints how well they rank: first each show
 * by weights that were fitted on the other shows, then everything by the weights that ship. Signs are those of the
 * present weights, because a reason shown as praise must never cost points.
 *
 *   SOUNDBITE_TEST_DATA=FOLDER node test/bench/clips/fit.ts [--profile insight|humour] [--write] [--folds FOLDER]
 *
 * --write puts the fitted weights into main/engine/clips/weights.json; --folds writes the weights of each fold, for
 * `soundbite find --weights`.
 */
const SETS = { insight: ['editors-dev', 'editors-more'], humour: ['laughter-dev'] } as const;
type Fitted = keyof typeof SETS;
const WEIGHTS_PATH = join(import.meta.dirname, '..', '..', '..', 'main', 'engine', 'clips', 'weights.json');
/** Points that the strongest fitted feature is given. */
const STRONGEST_POINTS: Record<Fitted, number> = { insight: 4.5, humour: 11 };
const PULL = 1;
/** Lateness runs from 0 to 1 where other features run over several spreads: the same pull would flatten it. */
const PULL_OF_EARLY = PULL / 3;
/** Too rare to be fitted, or decided by where a cut sounds right rather than by what was chosen. */
const BY_HAND: ReadonlySet<string> = new Set(['smallTalk', 'loops', 'asides']);
/** What is funny and what is quotable have little in common: humour is fitted on its own part and what goes with it. */
const GOES_WITH_HUMOUR: ReadonlySet<string> = new Set(['emotion', 'confession', 'absentPeople', 'asides']);

const isFitted: Record<Fitted, (feature: NamedFeature) => boolean> = {
  insight: ({ name, place, part }) =>
    name === 'wordsPerSecond' ||
    name === 'early' ||
    (place === 'anywhere' && part !== 'humour' && !BY_HAND.has(name)),
  humour: ({ name, part }) => part === 'humour' || GOES_WITH_HUMOUR.has(name),
};

interface Learned {
  readonly episode: BenchmarkEpisode;
  readonly sample: Sample;
}

/** Each show counts by the root of its episodes, so that the largest does not decide alone. */
function momentsOf(shows: readonly (readonly Learned[])[]): Moments {
  const total = emptyMoments(SIZE);
  const weight = shows.reduce((sum, { length }) => sum + Math.sqrt(length), 0);
  for (const show of shows)
    for (const { sample: one } of show) addMoments(total, one.moments, 1 / Math.sqrt(show.length) / weight);
  return total;
}

function pullOn(column: number, profile: Fitted): number {
  const feature = FEATURES[column];
  if (feature === undefined) return 0;
  if (profile === 'humour' && feature.place === 'anywhere' && !isFitted.humour(feature)) return Infinity;
  return feature.name === 'early' ? PULL_OF_EARLY : PULL;
}

/** Points of every feature of a profile: the fitted ones scaled so that the strongest counted one has its due, the others as they are. */
function fitPoints(shows: readonly (readonly Learned[])[], profile: Fitted): number[] {
  const isControl = (i: number): boolean => i >= FEATURES.length;
  const present = FEATURES.map(({ name }) => pointsOf(DEFAULT_WEIGHTS, profile, name));
  const weights = fitRidge(momentsOf(shows), {
    signs: Array.from({ length: SIZE }, (_, i) => (isControl(i) ? 0 : (present[i] ?? 0) < 0 ? -1 : 1)),
    pull: Array.from({ length: SIZE }, (_, i) => pullOn(i, profile)),
  });
  const strongest = FEATURES.reduce(
    (most, feature, i) =>
      feature.place === 'anywhere' && isFitted[profile](feature)
        ? Math.max(most, Math.abs(weights[i] ?? 0))
        : most,
    0,
  );
  const scale = STRONGEST_POINTS[profile] / strongest;
  return FEATURES.map((feature, i) =>
    isFitted[profile](feature) ? Math.round((weights[i] ?? 0) * scale * 100) / 100 : (present[i] ?? 0),
  );
}

/** The shipped weights with a profile's points in place of its own. */
function withPoints(points: readonly number[], profile: Fitted): Weights {
  const byName = FEATURES.map(({ name }, i) => [name, points[i] ?? 0] as const);
  if (profile === 'humour')
    return {
      ...DEFAULT_WEIGHTS,
      profiles: { ...DEFAULT_WEIGHTS.profiles, humour: Object.fromEntries(byName) },
    };
  const features = byName.map(
    ([name, own]) => [name, { points: own, spread: DEFAULT_WEIGHTS.features[name]?.spread ?? 1 }] as const,
  );
  return { ...DEFAULT_WEIGHTS, features: Object.fromEntries(features) };
}

const measured = ({ episode }: Learned, weights: Weights, profile: ScoreProfile): Figures => {
  const { segments, durationS, title } = episode;
  return figuresOf(episode, scoreWindows({ segments, durationS, title, weights, profile }));
};

/** The file as it is kept: one feature a line, because people read it. */
function formatWeights({ version, features, profiles }: Weights): string {
  const rows = (entries: readonly (readonly [string, unknown])[], indent: string): string =>
    entries.map(([name, value]) => `${indent}"${name}": ${JSON.stringify(value)}`).join(',\n');
  const own = Object.entries(profiles).map(
    ([profile, points]) => `    "${profile}": {\n${rows(Object.entries(points ?? {}), '      ')}\n    }`,
  );
  return (
    `{\n  "version": "${version}",\n  "features": {\n${rows(Object.entries(features), '    ')}\n  },\n` +
    `  "profiles": {\n${own.join(',\n')}\n  }\n}\n`
  );
}

function withSpreads(weights: Weights, learned: readonly Learned[]): Weights {
  const features = FEATURES.map(({ name, place }, i) => {
    const spread = place === 'anywhere' ? mean(learned.map(({ sample: { spreads } }) => spreads[i] ?? 0)) : 1;
    const points = weights.features[name]?.points ?? 0;
    return [name, { points, spread: Number(Math.max(spread, 1e-5).toPrecision(3)) }] as const;
  });
  return { ...weights, features: Object.fromEntries(features) };
}

const { values } = parseArgs({
  options: {
    profile: { type: 'string', default: 'insight' },
    write: { type: 'boolean', default: false },
    folds: { type: 'string' },
  },
});
const profile: Fitted = values.profile === 'humour' ? 'humour' : 'insight';
const data = process.env['SOUNDBITE_TEST_DATA'];
if (data === undefined) throw new Error('set SOUNDBITE_TEST_DATA to the folder that holds bench/clips');

const bySet = new Map<string, Learned[]>();
for (const set of SETS[profile])
  bySet.set(
    set,
    [...readBenchmark(join(data, 'bench', 'clips', set))].map((episode) => ({
      episode,
      sample: sample(episode),
    })),
  );
const learned = [...bySet.values()].flat();
const byShow = [...Map.groupBy(learned, ({ episode }) => episode.show).entries()];

const unseen = new Map<Learned, Figures>();
for (const [show, own] of byShow) {
  const others = byShow.filter(([name]) => name !== show).map(([, episodes]) => episodes);
  const weights = withPoints(fitPoints(others, profile), profile);
  if (values.folds !== undefined) {
    mkdirSync(values.folds, { recursive: true });
    writeFileSync(join(values.folds, `${show.replaceAll('/', '-')}.json`), formatWeights(weights));
  }
  for (const one of own) unseen.set(one, measured(one, weights, profile));
}
const fitted = withPoints(
  fitPoints(
    byShow.map(([, episodes]) => episodes),
    profile,
  ),
  profile,
);
for (const { name } of FEATURES)
  process.stdout.write(`${name.padEnd(20)} ${pointsOf(fitted, profile, name)}\n`);
const print = (label: string, pick: (one: Learned) => Figures, some: readonly Learned[]): void => {
  process.stdout.write(describeFigures(label, some.map(pick)));
};
const unseenOf = (one: Learned): Figures => {
  const figures = unseen.get(one);
  if (figures === undefined) throw new Error(`${one.episode.id} was in no fold`);
  return figures;
};
print('shows left out of the fit', unseenOf, learned);
for (const [set, some] of bySet) print(`  of which ${set}`, unseenOf, some);
print('the weights that ship', (one) => measured(one, DEFAULT_WEIGHTS, profile), learned);
if (values.write)
  writeFileSync(WEIGHTS_PATH, formatWeights(profile === 'insight' ? withSpreads(fitted, learned) : fitted));
