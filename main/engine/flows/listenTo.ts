import { mkdir } from 'node:fs/promises';
import { AppError } from '../../domain/errors.ts';
import type { StoredEpisode } from '../db/episodes.ts';
import { analyse, type Analysis, type AnalysisOptions } from '../media/analyse.ts';
import { analysisFolderOf } from './analysisFolder.ts';
import type { EngineContext } from './context.ts';
import { assertRoom, forecastAnalysis } from './forecast.ts';
import { recordOwned } from './recordOwned.ts';

/** Makes the 16 kHz copy for recognition and the curve of levels, and writes down that they are ours. Throws NO_SOUND, DISK_LOW. */
export async function listenTo(
  engine: EngineContext,
  { episode, facts }: StoredEpisode,
  options: AnalysisOptions,
): Promise<Analysis> {
  const [audio] = facts.audio;
  if (audio === undefined) throw new AppError('NO_SOUND', `"${episode.title}" has no sound`);
  await assertRoom(engine, forecastAnalysis(engine, facts.durationS));
  const outDir = analysisFolderOf(engine, episode.id);
  await mkdir(outDir, { recursive: true, mode: 0o700 });
  const tools = await engine.tools();
  const order = { path: episode.path, audio, durationS: facts.durationS, outDir };
  const analysis = await analyse(tools, order, options);
  await recordOwned(engine, analysis.wavPath, 'analysis', episode.id);
  await recordOwned(engine, analysis.levelsPath, 'analysis', episode.id);
  return analysis;
}
