import { join } from 'node:path';
import { FEATURES } from '../../../main/engine/clips/parts/catalogue.ts';
import { listWindows } from '../../../main/engine/clips/boundaries.ts';
import { density, measureOf, spreadOf, typicalWindows } from '../../../main/engine/clips/measure.ts';
import { readEpisode } from '../../../main/engine/clips/reading.ts';
import { readSentences } from '../../../main/engine/clips/sentences.ts';
import { areaUnderCurve, hits, readBenchmark } from './benchmark.ts';

/** Only shows what the fit may use; length is a control, so that no feature is praised for making windows longer. */
const CONTROLS = 2;
const SIZE = FEATURES.length + CONTROLS;
const SAMPLE = 500;

interface Sample {
  readonly show: string;
  readonly rows: Float64Array;
  readonly isHit: boolean[];
  readonly isMiddling: boolean[];
  readonly spreads: number[];
  readonly auc?: number;
}

function sampleEpisode(
  episode: ReturnType<typeof readBenchmark> extends Generator<infer E> ? E : never,
): Sample {
  const sentences = readSentences(episode.segments, episode.durationS, 60);
  const reading = readEpisode({
    sentences,
    durationS: episode.durationS,
    title: episode.title,
    language: 'en',
    offLimitsPhrases: [],
  });
  const measure = measureOf(reading, () => 0);
  const typical = typicalWindows(sentences);
  const spreads = FEATURES.map(({ place }, f) =>
    place === 'anywhere' ? spreadOf(typical.map(([i, j]) => density(reading, f, i, j))).deviation : 1,
  );
  const { first, last } = listWindows(sentences, { shortestS: 12, longestS: 60 });
  const step = Math.max(1, first.length / SAMPLE);
  const picked: number[] = [];
  for (let n = 0; n < first.length; n += step) {
    const w = Math.floor(n);
    const off =
      (reading.offLimitsTotals[(last[w] ?? 0) + 1] ?? 0) - (reading.offLimitsTotals[first[w] ?? 0] ?? 0);
    if (off === 0) picked.push(w);
  }
  const rows = new Float64Array(picked.length * SIZE);
  const isHit: boolean[] = [];
  const isMiddling: boolean[] = [];
  picked.forEach((w, row) => {
    const i = first[w] ?? 0;
    const j = last[w] ?? 0;
    const inS = sentences[i]?.fromS ?? 0;
    const outS = sentences[j]?.toS ?? 0;
    FEATURES.forEach((_, f) => {
      rows[row * SIZE + f] = measure(f, i, j);
    });
    rows[row * SIZE + FEATURES.length] = (outS - inS) / 15;
    rows[row * SIZE + FEATURES.length + 1] = (outS - inS) ** 2 / 900;
    isHit.push(episode.truth.some((moment) => hits({ inS, outS }, moment)));
    isMiddling.push(outS - inS > 28 && outS - inS < 42);
  });
  // demean columns within the episode
  for (let c = 0; c < SIZE; c += 1) {
    let sum = 0;
    for (let r = 0; r < picked.length; r += 1) sum += rows[r * SIZE + c] ?? 0;
    const mean = sum / Math.max(1, picked.length);
    for (let r = 0; r < picked.length; r += 1) rows[r * SIZE + c] = (rows[r * SIZE + c] ?? 0) - mean;
  }
  return { show: episode.show, rows, isHit, isMiddling, spreads };
}

interface Moments {
  readonly a: Float64Array;
  readonly b: Float64Array;
}
const zero = (): Moments => ({ a: new Float64Array(SIZE * SIZE), b: new Float64Array(SIZE) });

function momentsOf({ rows, isHit }: Sample): Moments {
  const m = zero();
  const mean = isHit.filter(Boolean).length / Math.max(1, isHit.length);
  isHit.forEach((hit, r) => {
    const y = (hit ? 1 : 0) - mean;
    for (let i = 0; i < SIZE; i += 1) {
      const x = rows[r * SIZE + i] ?? 0;
      m.b[i] = (m.b[i] ?? 0) + x * y;
      for (let j = 0; j <= i; j += 1)
        m.a[i * SIZE + j] = (m.a[i * SIZE + j] ?? 0) + x * (rows[r * SIZE + j] ?? 0);
    }
  });
  const n = Math.max(1, isHit.length);
  for (let i = 0; i < SIZE; i += 1) {
    m.b[i] = (m.b[i] ?? 0) / n;
    for (let j = 0; j <= i; j += 1) {
      const v = (m.a[i * SIZE + j] ?? 0) / n;
      m.a[i * SIZE + j] = v;
      m.a[j * SIZE + i] = v;
    }
  }
  return m;
}

const addTo = (into: Moments, m: Moments, w: number): void => {
  for (let i = 0; i < into.a.length; i += 1) into.a[i] = (into.a[i] ?? 0) + w * (m.a[i] ?? 0);
  for (let i = 0; i < SIZE; i += 1) into.b[i] = (into.b[i] ?? 0) + w * (m.b[i] ?? 0);
};

const NEGATIVE =
  'opensWithGreeting opensWithFiller opensMidSentence opensWithLink opensWithPointer opensWithAnswer refersBack endsOnQuestion endsHanging runsOn rareHere voices deadAir fillers loops offLimits unsureWords'.split(
    ' ',
  );
const SIGN: Partial<Record<string, 1 | -1 | 0>> = Object.fromEntries(
  FEATURES.map(({ name }) => [name, NEGATIVE.includes(name) ? -1 : 1]),
);

/** Coordinate descent on the ridge problem with signs. */
function solve({ a, b }: Moments, lambda: number, active: readonly boolean[]): Float64Array {
  const w = new Float64Array(SIZE);
  let trace = 0;
  for (let i = 0; i < SIZE; i += 1) trace += a[i * SIZE + i] ?? 0;
  for (let pass = 0; pass < 200; pass += 1) {
    for (let i = 0; i < SIZE; i += 1) {
      if (active[i] === false) continue;
      const aii = a[i * SIZE + i] ?? 0;
      if (aii <= 0) continue;
      let g = b[i] ?? 0;
      for (let j = 0; j < SIZE; j += 1) if (j !== i) g -= (a[i * SIZE + j] ?? 0) * (w[j] ?? 0);
      const ridge = i >= FEATURES.length ? 0 : lambda;
      let v = g / (aii + ridge);
      const name = FEATURES[i]?.name ?? '';
      const sign = SIGN[name];
      if (sign === 1) v = Math.max(0, v);
      if (sign === -1) v = Math.min(0, v);
      if (sign === 0) v = 0;
      w[i] = v;
    }
  }
  return w;
}

const score = (s: Sample, w: Float64Array): number[] =>
  s.isHit.map((_, r) => {
    let t = 0;
    for (let c = 0; c < FEATURES.length; c += 1) t += (s.rows[r * SIZE + c] ?? 0) * (w[c] ?? 0);
    return t;
  });
function aucOf(s: Sample, w: Float64Array, middling: boolean): number | undefined {
  const all = score(s, w);
  if (!middling) return areaUnderCurve(all, s.isHit);
  const keep = all.map((_, i) => i).filter((i) => s.isMiddling[i]);
  return areaUnderCurve(
    keep.map((i) => all[i] ?? 0),
    keep.map((i) => s.isHit[i] ?? false),
  );
}
const mean = (v: readonly number[]): number => v.reduce((a, b) => a + b, 0) / Math.max(1, v.length);

const root = process.argv[2] ?? '';
const samples: Sample[] = [];
for (const set of ['editors-dev', 'editors-more'])
  for (const e of readBenchmark(join(root, set))) samples.push(sampleEpisode(e));
console.error('read', samples.length);
const moments = samples.map(momentsOf);
const shows = [...new Set(samples.map((s) => s.show))];
const byShow = new Map(
  shows.map((show) => {
    const t = zero();
    let n = 0;
    samples.forEach((s, i) => {
      const m = moments[i];
      if (s.show === show && m) {
        addTo(t, m, 1);
        n += 1;
      }
    });
    const u = zero();
    addTo(u, t, 1 / Math.sqrt(n));
    return [show, u] as const;
  }),
);
const total = zero();
for (const m of byShow.values()) addTo(total, m, 1);
let weightSum = 0;
for (const show of shows) weightSum += Math.sqrt(samples.filter((s) => s.show === show).length);
const active = Array.from({ length: SIZE }, () => true);
for (const lambda of [0.1, 0.3, 1, 3, 10]) {
  const per: number[][] = [[], [], [], []];
  for (const show of shows) {
    const t = zero();
    addTo(t, total, 1 / weightSum);
    const m = byShow.get(show);
    if (m) addTo(t, m, -1 / weightSum);
    const w = solve(t, lambda, active);
    for (const s of samples)
      if (s.show === show) {
        const k = show === 'lenny' ? 0 : 2;
        const x = aucOf(s, w, false);
        if (x !== undefined) per[k]?.push(x);
        const y = aucOf(s, w, true);
        if (y !== undefined) per[k + 1]?.push(y);
      }
  }
  console.log(
    'lambda',
    lambda,
    'dev all/mid',
    per
      .slice(0, 2)
      .map((v) => mean(v).toFixed(4))
      .join(' '),
    'more all/mid',
    per
      .slice(2)
      .map((v) => mean(v).toFixed(4))
      .join(' '),
  );
}
const lambda = Number(process.env['LAMBDA'] ?? 1);
const t = zero();
addTo(t, total, 1 / weightSum);
const w = solve(t, lambda, active);
for (const dev of [true, false])
  for (const mid of [false, true])
    console.log(
      'fitted on all:',
      dev ? 'dev' : 'more',
      mid ? 'mid' : 'all',
      mean(
        samples
          .filter((s) => (s.show === 'lenny') === dev)
          .map((s) => aucOf(s, w, mid))
          .filter((x) => x !== undefined),
      ).toFixed(4),
    );
FEATURES.forEach(({ name, part }, f) => {
  const one = new Float64Array(SIZE);
  one[f] = 1;
  const uni = (dev: boolean): string =>
    mean(
      samples
        .filter((s) => (s.show === 'lenny') === dev)
        .map((s) => aucOf(s, one, false))
        .filter((x) => x !== undefined),
    ).toFixed(3);
  const sp = mean(samples.map((s) => s.spreads[f] ?? 0));
  console.log(
    part.padEnd(12),
    name.padEnd(20),
    ((w[f] ?? 0) * 1000).toFixed(2).padStart(8),
    uni(true),
    uni(false),
    sp.toExponential(2),
  );
});
