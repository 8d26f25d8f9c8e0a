import { z } from 'zod';

/** What a process of the crash tests is to do. */
export const Orders = z.object({
  home: z.string(),
  /** How many jobs to have in line before the work begins; 0 adds none. */
  jobsInLine: z.int(),
  /** Have an export in line beside them that takes many seconds. */
  longExport: z.boolean(),
  /** Where exports go. */
  exportFolder: z.string(),
  /** Where recordings to take in are written. */
  mediaFolder: z.string(),
  /** Kill or stop this very process when an export takes this step for the nth time. */
  endAt: z.object({ step: z.string(), nth: z.int(), signal: z.enum(['SIGKILL', 'SIGSTOP']) }).nullable(),
});
export type Orders = z.infer<typeof Orders>;

/** What it says about that. */
export const Said = z.discriminatedUnion('said', [
  z.object({ said: z.literal('claimed'), jobId: z.int() }),
  z.object({ said: z.literal('stepped'), jobId: z.int(), step: z.string() }),
  z.object({ said: z.literal('notice'), text: z.string() }),
  z.object({ said: z.literal('bug'), text: z.string() }),
]);
export type Said = z.infer<typeof Said>;
