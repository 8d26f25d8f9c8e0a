import { z } from 'zod';
import { BleepList, NO_BLEEPS } from './bleeps.ts';
import { CropBox } from './framing.ts';

/** What an episode is searched for; mixed gives each of the other three the same say. */
export const ScoreProfile = z.enum(['insight', 'humour', 'story', 'mixed']);
export type ScoreProfile = z.infer<typeof ScoreProfile>;

/** What an episode is searched for, and who says so; its own choice is null where it follows its show. */
export const EpisodeProfile = z.object({
  ofEpisode: ScoreProfile.nullable(),
  ofShow: ScoreProfile,
  inForce: ScoreProfile,
});
export type EpisodeProfile = z.infer<typeof EpisodeProfile>;

/**
 * A correction for a name that recognisers get wrong: whole words, spelt exactly so, but for case where it does not
 * count. What is put there is written as it stands.
 */
export const NameRule = z.object({
  from: z.string().trim().min(1).max(200),
  to: z.string().trim().min(1).max(200),
  matchCase: z.boolean().default(false),
});
export type NameRule = z.infer<typeof NameRule>;

/** A podcast and its habits. Fields that only a person or a later step fills start empty. */
export const Show = z.object({
  id: z.string(),
  name: z.string(),
  language: z.string().nullable(),
  speakers: z.array(z.string()),
  names: z.array(NameRule),
  profile: ScoreProfile,
  offLimitsPhrases: z.array(z.string()),
  brand: z.object({ backgroundColour: z.string(), textColour: z.string(), accentColour: z.string() }),
  cropBoxes: z.array(CropBox),
  presets: z.array(z.string()),
  exportFolder: z.string().nullable(),
  exportNameTemplate: z.string(),
  /** Learned shift of each scored feature; empty until there is feedback. */
  learnedWeights: z.record(z.string(), z.number()),
  /** Words that are masked in every export. */
  bleeps: BleepList,
});
export type Show = z.infer<typeof Show>;

export const DEFAULT_BRAND: Show['brand'] = {
  backgroundColour: '#14161c',
  textColour: '#f7f5f0',
  accentColour: '#ffb454',
};
export const DEFAULT_NAME_TEMPLATE = '{episode} - {rank} {title} - {preset}';

/** A show as it is before anybody has said more than its name. */
export function newShow(id: string, name: string): Show {
  return {
    id,
    name,
    language: null,
    speakers: [],
    names: [],
    profile: 'insight',
    offLimitsPhrases: [],
    brand: DEFAULT_BRAND,
    cropBoxes: [],
    presets: [],
    exportFolder: null,
    exportNameTemplate: DEFAULT_NAME_TEMPLATE,
    learnedWeights: {},
    bleeps: NO_BLEEPS,
  };
}
