import { z } from 'zod';
import { Candidate, Clip } from '../domain/clip.ts';
import { OffLimits } from '../domain/offLimits.ts';
import { TimeRange } from '../domain/time.ts';
import { PresetId } from '../domain/preset.ts';
import { ScoreProfile } from '../domain/show.ts';
import { call } from './call.ts';

const path = z.string().min(1).max(4096);

export const clipCalls = {
  /** The clips of an episode, best first. */
  'clips.list': call(
    z.strictObject({ episodeId: z.string().min(1), limit: z.int().min(1).max(10_000).optional() }),
    z.array(Clip),
  ),
  /** Keeps or rejects a clip, or takes that back; every decision is remembered. */
  'clips.decide': call(
    z.strictObject({ clipId: z.string().min(1), decision: z.enum(['keep', 'reject', 'undecide']) }),
    Clip,
  ),
  /**
   * Makes a clip of a moment that a person chose: whole sentences, scored, kept. A range too short for a clip gets the best
   * one around it.
   */
  'clips.fromRange': call(z.strictObject({ episodeId: z.string().min(1), range: TimeRange }), Clip),
  /** Takes back a clip that was made of a range: undecided again, it goes unless the search proposes it as well. */
  'clips.letGo': call(z.strictObject({ clipId: z.string().min(1) }), z.object({})),
  /** Gives a clip another title: one of its own, or a person's words. Exports made from now on carry it. */
  'clips.setTitle': call(
    z.strictObject({ clipId: z.string().min(1), title: z.string().trim().min(1).max(100) }),
    Clip,
  ),
  /** Ranks candidates of a transcript without importing anything; all gives every window with its score. */
  'clips.find': call(
    z.strictObject({
      transcriptPath: path,
      mediaPath: path.optional(),
      title: z.string().max(500).optional(),
      limit: z.int().min(1).max(10_000).optional(),
      all: z.boolean().optional(),
      weightsPath: path.optional(),
      profile: ScoreProfile.optional(),
      platform: PresetId.optional(),
    }),
    z.object({
      profile: ScoreProfile,
      clips: z.array(Candidate),
      offLimits: z.array(OffLimits),
      notes: z.array(z.string()),
    }),
  ),
};
