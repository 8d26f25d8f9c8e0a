/** The parts of a score in the order in which a receipt prints them. */
export const PART_NAMES = [
  'hook',
  'standsAlone',
  'landing',
  'shape',
  'theme',
  'insight',
  'stakes',
  'story',
  'humour',
  'quotability',
  'delivery',
  'pace',
  'placement',
  'penalties',
] as const;
export type PartName = (typeof PART_NAMES)[number];

/**
 * Where in a clip a feature is looked for. opening: its first sentence. closing: its last sentence and what follows.
 * anywhere: counted over all its sentences. whole: measured on the clip as one.
 */
export type Place = 'opening' | 'closing' | 'anywhere' | 'whole';

/** One thing that can be noticed about a clip. */
export interface Feature {
  readonly place: Place;
  /** What an editor would say when this earns points; the words themselves follow in quotes. */
  readonly praise: string;
  /** The same when it costs points, where that needs other words. */
  readonly blame?: string;
  /** Words and phrases that show it, folded to small letters; none where it is found by other means. */
  readonly phrases?: readonly string[];
  /** True where the feature speaks for every language. */
  readonly anyLanguage?: boolean;
}

/** One named part of a score: most it can give, most it can take, and the features that feed it. */
export interface Part<FeatureId extends string = string> {
  readonly max: number;
  readonly min: number;
  readonly features: Readonly<Record<FeatureId, Feature>>;
}

/** Words and phrases written as one text with commas between them. */
export const list = (text: string): string[] => text.split(',').map((phrase) => phrase.trim());
