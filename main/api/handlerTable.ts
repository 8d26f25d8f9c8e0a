import type { z } from 'zod';
import type { Calls } from '../contract/index.ts';
import type { Engine } from '../engine/createEngine.ts';

/** A handler for every call of a contract table; a call without one fails to compile. */
export type HandlersOf<Names extends keyof Calls> = {
  readonly [Name in Names]: (
    input: z.output<Calls[Name]['input']>,
  ) => Promise<z.input<Calls[Name]['output']>> | z.input<Calls[Name]['output']>;
};
export type Handlers = HandlersOf<keyof Calls>;

/** The engine is opened when the first call needs it: ranking a transcript touches no library. */
export type OpenEngine = () => Promise<Engine>;
