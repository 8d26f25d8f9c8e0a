import { z } from 'zod';
import { addEpisode, openStorageEngine, ownFile, sparseFile } from './storage.ts';

/** Fills a library with files of ours and one recording of a person's, as if it had been used for weeks. */
const { home, original } = z
  .object({ home: z.string(), original: z.string() })
  .parse(JSON.parse(process.argv[2] ?? ''));
const engine = await openStorageEngine(home);
sparseFile(original, 61_000_000);
await addEpisode(engine, 'ep-1', original);
await ownFile(engine, 'analysis/ep-1/speech.wav', 115_000_000, { episodeId: 'ep-1', daysAgo: 100 });
await ownFile(engine, 'analysis/ep-1/levels.f32', 1_400_000, { episodeId: 'ep-1', daysAgo: 100 });
await ownFile(engine, 'analysis/ep-9/speech.wav', 42_000_000, { daysAgo: 3 });
await ownFile(engine, 'exports/lamp.mp4', 240_000_000, { category: 'export', daysAgo: 2 });
await engine.close();
