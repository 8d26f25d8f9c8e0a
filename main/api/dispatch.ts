import { z } from 'zod';
import { calls, isCallName, type CallName, type Input, type Output, type Reply } from '../contract/index.ts';
import { noSuchCall } from '../contract/refusals.ts';
import { AppError, toWireError } from '../domain/errors.ts';
import type { Handlers } from './handlerTable.ts';

export type Log = (message: string, error: unknown) => void;

/** The one door: every host's every call is checked here on its way in and out, and errors become values. */
export async function dispatch(
  handlers: Handlers,
  name: string,
  raw: unknown,
  log: Log,
): Promise<Reply<unknown>> {
  try {
    if (!isCallName(name)) return noSuchCall(name);
    const { input, output } = calls[name];
    const parsed = input.safeParse(raw);
    if (!parsed.success) throw new AppError('BAD_INPUT', z.prettifyError(parsed.error));
    // The table pairs each name with its own handler, but the compiler cannot follow a name that is only known here.
    const handler = handlers[name] as (input: unknown) => Promise<unknown>;
    return { ok: true, value: output.parse(await handler(parsed.data)) };
  } catch (error) {
    if (!(error instanceof AppError)) log(`call ${name} failed`, error);
    return { ok: false, error: toWireError(error) };
  }
}

/** A host's way to call: typed by the contract, answered with a value or an AppError. */
export type Caller = <C extends CallName>(name: C, input: Input<C>) => Promise<Output<C>>;

export function createCaller(handlers: Handlers, log: Log): Caller {
  return async <C extends CallName>(name: C, input: Input<C>): Promise<Output<C>> => {
    const reply = await dispatch(handlers, name, input, log);
    if (!reply.ok) throw new AppError(reply.error.code, reply.error.detail);
    // dispatch has just checked the value against this very call's schema.
    return reply.value as Output<C>;
  };
}
