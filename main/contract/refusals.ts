import { AppError, toWireError } from '../domain/errors.ts';
import type { Reply } from './index.ts';

/** The answer to a name that is no call, on whichever side of a process boundary it is given. */
export const noSuchCall = (name: string): Reply<never> => ({
  ok: false,
  error: toWireError(new AppError('BAD_INPUT', `there is no call named ${name}`)),
});
