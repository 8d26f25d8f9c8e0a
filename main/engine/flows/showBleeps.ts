import { BleepList, withoutWords, withWords } from '../../domain/bleeps.ts';
import { AppError } from '../../domain/errors.ts';
import type { EngineContext } from './context.ts';

/** What a show masks in every export. Throws NOT_FOUND. */
export function bleepsOf(engine: EngineContext, showId: string): BleepList {
  const show = engine.shows.get(showId);
  if (show === undefined) throw new AppError('NOT_FOUND', `there is no show ${showId}`);
  return show.bleeps;
}

/** Adds words; one that is there already in any case is not added again. Throws BAD_INPUT past 500 of them. */
export const addBleeps = (
  engine: EngineContext,
  showId: string,
  words: readonly string[],
): Promise<BleepList> => change(engine, showId, (list) => ({ ...list, words: withWords(list.words, words) }));

/** Takes words off the list. Throws NOT_FOUND for one that is not on it. */
export const removeBleeps = (
  engine: EngineContext,
  showId: string,
  words: readonly string[],
): Promise<BleepList> =>
  change(engine, showId, (list) => {
    const unknown = words.find((word) => withoutWords(list.words, [word]).length === list.words.length);
    if (unknown !== undefined) throw new AppError('NOT_FOUND', `"${unknown}" is not on the list`);
    return { ...list, words: withoutWords(list.words, words) };
  });

export const setBleeps = (
  engine: EngineContext,
  showId: string,
  { mode, offPresets }: { readonly [K in 'mode' | 'offPresets']?: BleepList[K] | undefined },
): Promise<BleepList> =>
  change(engine, showId, (list) => ({
    ...list,
    mode: mode ?? list.mode,
    offPresets: [...new Set(offPresets ?? list.offPresets)],
  }));

/** Read and written in one turn, so that two who change the list at once both have their way. */
async function change(
  engine: EngineContext,
  showId: string,
  next: (list: BleepList) => BleepList,
): Promise<BleepList> {
  await engine.library.write(() => {
    const read = BleepList.safeParse(next(bleepsOf(engine, showId)));
    if (!read.success) throw new AppError('BAD_INPUT', 'a list of bleeps holds at most 500 words');
    engine.shows.setBleeps(showId, read.data);
  });
  return bleepsOf(engine, showId);
}
