/** A named step of a job and its share of the job's time, relative to the other steps. */
interface StageShare<Name extends string> {
  readonly name: Name;
  readonly weight: number;
}

type StageShares<Names extends string> = { readonly [Name in Names]: StageShare<Name> };

/** What happens to an episode when it comes in, in this order. */
export const INTAKE_STAGES: StageShares<'judge' | 'listen' | 'words' | 'find'> = {
  judge: { name: 'judge', weight: 2 },
  listen: { name: 'listen', weight: 8 },
  words: { name: 'words', weight: 1 },
  find: { name: 'find', weight: 1 },
};

/** What happens when an episode gets a new version of its recording, in this order. */
export const REPLACE_STAGES: StageShares<'judge' | 'listen' | 'match' | 'move'> = {
  judge: { name: 'judge', weight: 2 },
  listen: { name: 'listen', weight: 8 },
  match: { name: 'match', weight: 1 },
  move: { name: 'move', weight: 1 },
};

/** What happens to a clip that is wanted as a file, in this order. */
export const EXPORT_STAGES: StageShares<'render' | 'publish'> = {
  render: { name: 'render', weight: 20 },
  publish: { name: 'publish', weight: 1 },
};

/** What happens when an episode's words are recognised, in this order. */
export const TRANSCRIBE_STAGES: StageShares<'cut' | 'hear' | 'write' | 'find'> = {
  cut: { name: 'cut', weight: 4 },
  hear: { name: 'hear', weight: 90 },
  write: { name: 'write', weight: 1 },
  find: { name: 'find', weight: 1 },
};

/** What happens when a speech model is fetched, in this order. */
export const MODEL_STAGES: StageShares<'fetch' | 'measure'> = {
  fetch: { name: 'fetch', weight: 20 },
  measure: { name: 'measure', weight: 1 },
};
