import { z } from 'zod';
import { SearchPage } from '../domain/showMemory.ts';
import { call } from './call.ts';

export const searchCalls = {
  /**
   * Finds the sentences of all episodes that hold all the words, best first. Words in double quotes have to stand together;
   * nothing else has a special meaning.
   */
  'search.words': call(
    z.strictObject({
      words: z.string().max(1000),
      /** Id or name of a show. */
      show: z.string().min(1).max(500).optional(),
      limit: z.int().min(1).max(200).default(20),
      offset: z.int().min(0).default(0),
    }),
    SearchPage,
  ),
};
