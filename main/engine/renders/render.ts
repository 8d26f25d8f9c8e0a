import { rm, stat } from 'node:fs/promises';
import { type Companion, CompanionKind, type Proof } from '../../domain/exportedFile.ts';
import { AppError } from '../../domain/errors.ts';
import type { MediaTools } from '../media/tools.ts';
import { maskedRecipe } from './bleeps.ts';
import { captionsText } from './captions/document.ts';
import { companionPath, writeCompanions } from './companions.ts';
import { encode, type EncodeOrder } from './encode.ts';
import { corrected } from './loudness.ts';
import type { RenderOrder, RenderRun } from './order.ts';
import { prepareExport, type Staged } from './prepareExport.ts';
import { prove } from './proof.ts';
import type { Expectation, Measured } from './expectation.ts';

export type { RenderOrder, RenderRun, RenderSource } from './order.ts';

/** What came of a render: the file is at the order's partialPath. */
export interface Rendered {
  readonly durationS: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly bytes: number;
  readonly integratedLufs: number;
  readonly truePeakDbtp: number;
  /** How far the limiter had to reach, in dB. */
  readonly limitingDb: number;
  readonly proof: Proof;
  /** Sentences for a person about what is as it was asked for and may still be worth a look. */
  readonly warnings: readonly string[];
  /** What was written beside the file; nothing where the proof did not pass or none was wanted. */
  readonly companions: readonly Companion[];
  /** What the captions say, one cue a line. */
  readonly captionsText?: string;
}

/** Share of the work that is done once the sound is prepared, and once the file is encoded. */
const PREPARED = 0.08;
const ENCODED = 0.9;
/**
 * Renders a recipe to an unpublished file, decodes it again and measures it. The proof says whether it may be
 * published. Throws NO_SOUND, NOT_FOUND for an episode without a source, ffmpeg's errors, or the signal's reason; a
 * half-made file is removed.
 */
export async function renderExport(tools: MediaTools, given: RenderOrder, run: RenderRun): Promise<Rendered> {
  const order = { ...given, recipe: maskedRecipe(given.recipe) };
  try {
    const staged = await prepareExport(tools, order, run);
    run.onProgress?.(PREPARED);
    const { proof, measured, expectation, fellBack } = await encodeAndProve(tools, staged, order, run);
    const warnings = [
      ...staged.words.warnings,
      ...(order.warnings ?? []),
      ...(fellBack ? [`${order.recipe.encoder ?? ''} failed here, so x264 made this file.`] : []),
    ];
    const durationS = measured.file.durationS;
    const companions =
      proof.passed && order.sidecars !== false
        ? await writeCompanions(
            tools,
            {
              path: order.partialPath,
              recipe: order.recipe,
              durationS,
              reading: staged.words.reading,
              proof,
              warnings,
            },
            { cwd: order.workDir, signal: run.signal },
          )
        : [];
    run.onProgress?.(1);
    return {
      durationS,
      width: measured.file.video?.width ?? null,
      height: measured.file.video?.height ?? null,
      bytes: (await stat(order.partialPath)).size,
      integratedLufs: measured.sound.integratedLufs,
      truePeakDbtp: measured.sound.truePeakDbtp ?? measured.sound.samplePeakDbfs,
      limitingDb: expectation.loudness.limitingDb,
      proof,
      warnings,
      companions,
      ...(staged.words.captions.cues.length === 0
        ? {}
        : { captionsText: captionsText(staged.words.captions) }),
    };
  } catch (error) {
    const companions = CompanionKind.options.map((kind) => companionPath(order.partialPath, kind));
    await Promise.all([order.partialPath, ...companions].map((path) => rm(path, { force: true })));
    throw error;
  }
}

interface Proven {
  readonly proof: Proof;
  readonly measured: Measured;
  readonly expectation: Expectation;
}

/** A hardware encoder that fails, or whose file does not pass, leaves the work to x264. */
async function encodeAndProve(
  tools: MediaTools,
  staged: Staged,
  order: RenderOrder,
  run: RenderRun,
): Promise<Proven & { readonly fellBack: boolean }> {
  const { recipe } = staged.encodeOrder;
  if (recipe.encoder === undefined || recipe.encoder === 'libx264')
    return { ...(await levelAndProve(tools, staged, order, run)), fellBack: false };
  const made = await levelAndProve(tools, staged, order, run).catch((error: unknown) => {
    run.signal?.throwIfAborted();
    if (!(error instanceof AppError)) throw error;
    return undefined;
  });
  if (made?.proof.passed === true) return { ...made, fellBack: false };
  await rm(order.partialPath, { force: true });
  const encodeOrder = { ...staged.encodeOrder, recipe: { ...recipe, encoder: 'libx264' as const } };
  return { ...(await levelAndProve(tools, { ...staged, encodeOrder }, order, run)), fellBack: true };
}

async function levelAndProve(
  tools: MediaTools,
  { encodeOrder, expectation, extraEnv }: Staged,
  order: RenderOrder,
  run: RenderRun,
): Promise<Proven> {
  const first = await attempt(tools, encodeOrder, expectation, extraEnv, order, run);
  const loudness = corrected(expectation.loudness, first.measured.sound, expectation.target);
  if (loudness === undefined) return first;
  await rm(order.partialPath);
  return attempt(tools, { ...encodeOrder, loudness }, { ...expectation, loudness }, extraEnv, order, run);
}

async function attempt(
  tools: MediaTools,
  encodeOrder: EncodeOrder,
  expectation: Expectation,
  extraEnv: Record<string, string>,
  { workDir, partialPath }: RenderOrder,
  { signal, onProgress }: RenderRun,
): Promise<Proven> {
  await encode(tools, encodeOrder, {
    cwd: workDir,
    signal,
    extraEnv,
    onProgress: (fraction) => onProgress?.(PREPARED + fraction * (ENCODED - PREPARED)),
  });
  const { proof, measured } = await prove(tools, partialPath, expectation, { cwd: workDir, signal });
  return { proof, measured, expectation };
}
