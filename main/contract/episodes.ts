import { z } from 'zod';
import { Episode } from '../domain/episode.ts';
import { Job } from '../domain/job.ts';
import { call } from './call.ts';

const path = z.string().min(1).max(4096);

/** Recordings that look like one conversation, a microphone each. */
export const MicrophoneOffer = z.object({
  paths: z.array(z.string()),
  speakers: z.array(z.string()),
});
export type MicrophoneOffer = z.infer<typeof MicrophoneOffer>;

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
  'episodes.list': call(z.strictObject({}), z.array(Episode)),
  'episodes.get': call(z.strictObject({ episodeId: z.string().min(1) }), Episode),
};
