import { AppError } from '../../domain/errors.ts';
import type { NameRule, Show } from '../../domain/show.ts';
import { offeredRules } from '../transcripts/edits/nameRules.ts';
import type { EngineContext } from './context.ts';
import { applyNames } from './placeTranscript.ts';
import { change, type EditOutcome } from './transcriptEdits.ts';

export interface NamesList {
  readonly names: NameRule[];
  readonly offers: NameRule[];
}

function showNamed(engine: EngineContext, showId: string): Show {
  const show = engine.shows.get(showId);
  if (show === undefined) throw new AppError('NOT_FOUND', `there is no show ${showId}`);
  return show;
}

/** The corrections a show makes in every transcript, and those that a person made by hand often enough to be offered. */
export function namesOf(engine: EngineContext, showId: string): NamesList {
  const { names } = showNamed(engine, showId);
  return { names, offers: offeredRules(engine.transcriptEdits.listByHand(showId), names) };
}

const isSameFrom = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Adds a rule, in place of the one with the same "from". It counts from the next transcript on, or when it is applied. */
export async function addName(engine: EngineContext, showId: string, rule: NameRule): Promise<NamesList> {
  if (rule.from === rule.to) throw new AppError('BAD_INPUT', `"${rule.from}" would become itself`);
  await engine.library.write(() => {
    const { names } = showNamed(engine, showId);
    const others = names.filter((known) => !isSameFrom(known.from, rule.from));
    engine.shows.setNames(showId, [...others, rule]);
  });
  return namesOf(engine, showId);
}

export async function removeName(engine: EngineContext, showId: string, from: string): Promise<NamesList> {
  await engine.library.write(() => {
    const { names } = showNamed(engine, showId);
    const others = names.filter((known) => !isSameFrom(known.from, from));
    if (others.length === names.length) throw new AppError('NOT_FOUND', `no rule replaces "${from}"`);
    engine.shows.setNames(showId, others);
  });
  return namesOf(engine, showId);
}

/** Applies the show's list to an episode that is there already, as one step. */
export const applyNamesTo = (engine: EngineContext, episodeId: string): Promise<EditOutcome> =>
  change(engine, episodeId, () => {
    applyNames(engine, episodeId, Date.now());
  });
