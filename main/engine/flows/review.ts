import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import type { StoredEpisode } from '../db/episodes.ts';
import { readJson } from '../db/json.ts';
import type { Lease } from '../jobs/lease.ts';
import type { Finished, JobKind } from '../jobs/kind.ts';
import { runPieces } from '../jobs/pieces.ts';
import type { JobRow, NewJob } from '../jobs/row.ts';
import { integratedLufs, measureBlocks } from '../media/blockLoudness.ts';
import { isSameRecording } from './analysisFolder.ts';
import type { EngineContext } from './context.ts';
import { withWorkFolder } from './workFolder.ts';

/** A checkpoint every few minutes of sound: long enough to be worth a process, short enough to step aside. */
const PIECE_S = 300;

const STAGE = 'loudness';
const ReviewPayload = z.object({ episodeId: z.string() });
const Piece = z.object({ fromS: z.number(), toS: z.number() });
type Piece = z.infer<typeof Piece>;

/** What is looked at in the background once an episode is ready: how loud it is as a whole. */
export const reviewOf = ({ episode, fingerprint }: StoredEpisode): NewJob => ({
  kind: 'review',
  lane: 'review',
  priority: 'low',
  origin: 'follow-up',
  payload: { episodeId: episode.id } satisfies z.input<typeof ReviewPayload>,
  label: episode.title,
  episodeId: episode.id,
  showId: episode.showId,
  uniqueKey: `review:${episode.id}:${fingerprint}`,
});

/** Measures the loudness of an episode piece by piece; it steps aside for production between two pieces. */
export const reviewKind = (engine: EngineContext): JobKind => ({
  run: (lease) => withWorkFolder(engine.paths, lease, (workDir) => review(engine, lease, workDir)),
  forget: (job: JobRow) => {
    engine.loudness.forgetPieces(ReviewPayload.parse(readJson(job.payload)).episodeId);
  },
});

async function review(engine: EngineContext, lease: Lease, workDir: string): Promise<Finished> {
  const { episodeId } = ReviewPayload.parse(readJson(lease.job.payload));
  const stored = engine.episodes.get(episodeId);
  if (stored === undefined) throw new AppError('NOT_FOUND', `episode ${episodeId} is gone`);
  const [audio] = stored.facts.audio;
  if (audio === undefined) return { result: { integratedLufs: null } };
  const tools = await engine.tools();
  const counts = await runPieces<number>(lease, {
    batchSize: 1,
    produce: () => piecesOf(stored.facts.durationS),
    consume: async (item, signal) => {
      const piece = Piece.parse(item.content);
      const order = { path: stored.episode.path, streamIndex: audio.index, ...piece };
      const histogram = await measureBlocks(tools, order, { signal, cwd: workDir });
      return {
        commit: () => {
          if (isSameRecording(engine, stored)) engine.loudness.savePiece(episodeId, piece.fromS, histogram);
        },
      };
    },
    onCounts: ({ total, done }) => {
      lease.report(STAGE, done / Math.max(1, total));
    },
  });
  if (counts.failed > 0)
    throw new AppError('FFMPEG_FAILED', lease.items.listFailed(lease.job.id)[0]?.message ?? '');
  const lufs = integratedLufs(engine.loudness.pieces(episodeId));
  return {
    result: { integratedLufs: lufs },
    commit: () => {
      if (!isSameRecording(engine, stored)) return;
      engine.loudness.finish(episodeId, lufs);
      engine.loudness.forgetPieces(episodeId);
    },
  };
}

async function* piecesOf(durationS: number) {
  const items: { content: Piece }[] = [];
  for (let fromS = 0; fromS < durationS; fromS += PIECE_S)
    items.push({ content: { fromS, toS: Math.min(durationS, fromS + PIECE_S) } });
  await Promise.resolve();
  yield { items, checkpoint: items.length };
}
