import { z } from 'zod';
import { Clip } from '../domain/clip.ts';
import { Episode } from '../domain/episode.ts';
import { ExportedFile } from '../domain/exportedFile.ts';
import { HitRate } from '../domain/learning.ts';
import { Job } from '../domain/job.ts';
import { Mark } from '../domain/mark.ts';
import { MarkedOffLimits } from '../domain/offLimits.ts';
import { EpisodeProfile } from '../domain/show.ts';
import { TimeRange } from '../domain/time.ts';
import { Segment } from '../domain/transcript.ts';
import { call } from './call.ts';

const path = z.string().min(1).max(4096);

/** Recordings that look like one conversation, a microphone each. */
export const MicrophoneOffer = z.object({
  paths: z.array(z.string()),
  speakers: z.array(z.string()),
});
export type MicrophoneOffer = z.infer<typeof MicrophoneOffer>;

/** An episode as a list shows it. */
export const EpisodeOverview = z.object({
  episode: Episode,
  showName: z.string(),
  /** Whether media of kind cover answers for this episode. */
  hasCover: z.boolean(),
  counts: z.object({ found: z.int(), judged: z.int(), kept: z.int(), exported: z.int() }),
});
export type EpisodeOverview = z.infer<typeof EpisodeOverview>;

/** Everything one room shows of an episode. */
export const EpisodeDetail = EpisodeOverview.extend({
  /** Best first; in order of time where the scores of the show are no better than chance. */
  clips: z.array(Clip),
  hitRate: HitRate.nullable(),
  exports: z.array(ExportedFile),
  /** What was overruled included, in order of time. */
  offLimits: z.array(MarkedOffLimits),
  /** In order of time. */
  marks: z.array(Mark),
  profile: EpisodeProfile,
});
export type EpisodeDetail = z.infer<typeof EpisodeDetail>;

export const episodeCalls = {
  /**
   * Takes recordings in: each is linked in place, judged, listened to and searched for clips, as one job.
   * With together, all paths are microphones of one conversation and become one episode.
   */
  'episodes.import': call(
    z.strictObject({
      paths: z.array(path).min(1).max(1000),
      transcriptPath: path.optional(),
      title: z.string().min(1).max(500).optional(),
      together: z.boolean().optional(),
      /** How many clips to look for at least, where the usual number for the length is smaller. */
      atLeast: z.int().min(1).max(1000).optional(),
    }),
    z.object({ jobs: z.array(Job) }),
  ),
  /** Which of these episodes look like one conversation, a microphone each. */
  'episodes.groupMicrophones': call(
    z.strictObject({ episodeIds: z.array(z.string().min(1)).max(1000) }),
    z.array(MicrophoneOffer),
  ),
  /** The sample episode that ships, taken in like any other. */
  'episodes.importSample': call(z.strictObject({}), z.object({ jobs: z.array(Job) })),
  'episodes.overview': call(z.strictObject({}), z.array(EpisodeOverview)),
  'episodes.open': call(z.strictObject({ episodeId: z.string().min(1) }), EpisodeDetail),
  /** The sentences that are said in a range of the episode, those it cuts into included. */
  'episodes.words': call(
    z.strictObject({ episodeId: z.string().min(1), range: TimeRange }),
    z.object({ segments: z.array(Segment) }),
  ),
  /** How loud the episode, or a range of it, is in so many equal columns, each 0 to 1; null until it was listened to. */
  'episodes.waveform': call(
    z.strictObject({
      episodeId: z.string().min(1),
      columns: z.int().min(1).max(4000),
      range: TimeRange.optional(),
    }),
    z.object({ columns: z.array(z.number()).nullable() }),
  ),
  'episodes.list': call(z.strictObject({}), z.array(Episode)),
  'episodes.get': call(z.strictObject({ episodeId: z.string().min(1) }), Episode),
};
