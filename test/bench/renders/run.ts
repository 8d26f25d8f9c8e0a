// What a render costs beside what nobody can leave out: every ratio beside its limit. Ends with 1 when one is broken.
// Arguments: names of the parts to measure, and --pairs N.
import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Recipe } from '../../../main/domain/recipe.ts';
import { findTools } from '../../../main/engine/media/tools.ts';
import { encode } from '../../../main/engine/renders/encode.ts';
import type { RenderOrder } from '../../../main/engine/renders/order.ts';
import { prepareExport, type Staged } from '../../../main/engine/renders/prepareExport.ts';
import { prove } from '../../../main/engine/renders/proof.ts';
import { renderExport } from '../../../main/engine/renders/render.ts';
import { temporaryFolder } from '../../support/folder.ts';
import { median } from '../queue/measure.ts';
import { bareDecode, plainAac, x264Alone } from './baseline.ts';
import { cpuOf } from './cpu.ts';
import { makeHour, makeSound, orderMaker } from './material.ts';

const { values, positionals } = parseArgs({
  options: { pairs: { type: 'string', default: '5' } },
  allowPositionals: true,
});
const PAIRS = Number(values.pairs);
const CLIP_S = 30;
const MINUTE_1_S = 63.7;
const MINUTE_50_S = MINUTE_1_S + 49 * 60;

const isWanted = (part: string): boolean => positionals.length === 0 || positionals.includes(part);
let broken = 0;
function tell(what: string, ratios: readonly number[], limit: number): void {
  const ratio = median(ratios);
  const isFine = ratio <= limit;
  if (!isFine) broken += 1;
  const spread = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
  process.stdout.write(
    `${isFine ? 'ok    ' : 'BROKEN'}  ${what}: ${ratio.toFixed(3)}x (at most ${limit}; ${spread}, ${ratios.length} pairs)\n`,
  );
}

const tools = await findTools();
using folder = temporaryFolder();
const hour = await makeHour(tools, folder);
const sound = await makeSound(tools, hour, folder.file('sound.mp3'));
const orderFor = orderMaker(tools, folder);

interface Cost {
  readonly staged: Staged;
  readonly renderS: number;
  readonly proofS: number;
}

/** One render as the product does it, and its proof sheet, each with its cost. */
async function costOf(order: RenderOrder): Promise<Cost> {
  const render = await cpuOf(async () => {
    const staged = await prepareExport(tools, order, {});
    await encode(tools, staged.encodeOrder, { cwd: order.workDir, extraEnv: staged.extraEnv });
    return staged;
  });
  const proof = await cpuOf(() =>
    prove(tools, order.partialPath, render.made.expectation, { cwd: order.workDir }),
  );
  const failed = proof.made.proof.checks.filter((check) => !check.passed);
  if (failed.length > 0) throw new Error(`a render failed its proof: ${JSON.stringify(failed)}`);
  return { staged: render.made, renderS: render.cpuS, proofS: proof.cpuS };
}

const clipAt = (fromS: number, layout: Recipe['layout']) =>
  orderFor(hour, fromS, fromS + CLIP_S, { layout, preset: 'tiktok' });

async function inPairs<T>(measure: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) results.push(await measure());
  return results;
}

// The goal is the crop's; fit has easy frames around its picture, so that all else weighs more beside x264.
for (const [layout, limit] of [
  ['crop', 1.1],
  ['fit', 1.35],
] as const) {
  if (!isWanted(layout)) continue;
  const pairs = await inPairs(async () => {
    const order = await clipAt(MINUTE_1_S, layout);
    const { staged, renderS, proofS } = await costOf(order);
    const floorS =
      (await bareDecode(tools, hour, MINUTE_1_S, CLIP_S)) +
      (await x264Alone(tools, staged.encodeOrder, order.workDir, staged.extraEnv));
    return { render: renderS / floorS, proof: proofS / renderS };
  });
  tell(
    `30 s clip, ${layout}, against bare decode + x264 alone`,
    pairs.map(({ render }) => render),
    limit,
  );
  tell(
    `its proof sheet against its render`,
    pairs.map(({ proof }) => proof),
    0.25,
  );
}

if (isWanted('audiogram')) {
  const pairs = await inPairs(async () => {
    const order = await orderFor(sound, 63, 63 + CLIP_S, { layout: 'audiogram', preset: 'tiktok' });
    const { staged, renderS, proofS } = await costOf(order);
    const floorS = await x264Alone(tools, staged.encodeOrder, order.workDir, staged.extraEnv);
    return { render: renderS / floorS, proof: proofS / renderS };
  });
  tell(
    '30 s audiogram against x264 alone',
    pairs.map(({ render }) => render),
    1.6,
  );
  tell(
    'its proof sheet against its render',
    pairs.map(({ proof }) => proof),
    0.35,
  );
}

if (isWanted('seek')) {
  const pairs = await inPairs(async () => {
    const early = await costOf(await clipAt(MINUTE_1_S, 'crop'));
    const late = await costOf(await clipAt(MINUTE_50_S, 'crop'));
    return late.renderS / early.renderS;
  });
  tell('the same clip at minute 50 against minute 1', pairs, 1.1);
}

if (isWanted('sound')) {
  const pairs = await inPairs(async () => {
    const order = await orderFor(sound, 63, 63 + CLIP_S, {
      layout: 'none',
      preset: 'audio',
      captionStyle: 'none',
    });
    const { renderS } = await costOf(order);
    return renderS / (await plainAac(tools, sound, 63, CLIP_S));
  });
  tell('corrected audio against plain AAC', pairs, 2);
}

if (isWanted('batch')) {
  /** Wall seconds for ten clips spread over the hour, so many at once. */
  const tenClips = async (atOnce: number): Promise<number> => {
    const starts = Array.from({ length: 10 }, (_, index) => 40 + index * 350);
    const startedMs = performance.now();
    const next = starts.values();
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (const fromS of next) {
          const order = await orderFor(hour, fromS, fromS + 10, { layout: 'crop', preset: 'tiktok' });
          await renderExport(tools, order, {});
          await rm(order.partialPath);
        }
      }),
    );
    return (performance.now() - startedMs) / 1000;
  };
  const pairs = await inPairs(async () => (await tenClips(2)) / (await tenClips(1)));
  tell('wall time of ten clips, two at once against one after the other', pairs, 0.75);
}
process.exitCode = broken === 0 ? 0 : 1;
