import { z } from 'zod';
import type { CallName, EventName, EventPayload, Input, Output } from '../../main/contract/index.ts';
import { mediaPath, type MediaKind } from '../../main/contract/media.ts';
import type { ErrorCode, WireError } from '../../main/domain/errors.ts';
import { strings } from '../strings.ts';
import type { DroppedFile, Transport, Upload } from './transport.ts';

/** A call that was refused, or that nobody answered; what happened is told in the words of the catalogue. */
export class CallRefused extends Error {
  override readonly name = 'CallRefused';
  readonly trouble: WireError;

  constructor(trouble: WireError, options?: ErrorOptions) {
    super(trouble.title, options);
    this.trouble = trouble;
  }
}

/** The engine as the window sees it. Every failed call throws CallRefused. */
export interface Client {
  call<C extends CallName>(name: C, input: Input<C>): Promise<Output<C>>;
  on<E extends EventName>(name: E, listener: (payload: EventPayload<E>) => void): () => void;
  onConnection(listener: (isConnected: boolean) => void): () => void;
  /** The file's own path where it can be used in place, else undefined. */
  pathOf(file: DroppedFile): string | undefined;
  /** Copies a file into the library and answers its path there. */
  upload(file: DroppedFile, upload: Upload): Promise<string>;
  mediaUrl(kind: MediaKind, id: string): string;
}

const Envelope = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({
    ok: z.literal(false),
    error: z.object({ code: z.string(), title: z.string(), hint: z.string(), detail: z.string() }),
  }),
]);

const unanswered = (detail: string): WireError => ({ code: 'INTERNAL', ...strings.unanswered, detail });

/** What went wrong, in words for a person, whatever was thrown. */
export const troubleOf = (error: unknown): WireError =>
  error instanceof CallRefused
    ? error.trouble
    : unanswered(error instanceof Error ? error.message : String(error));

async function open(reply: Promise<unknown>): Promise<unknown> {
  const parsed = Envelope.safeParse(
    await reply.catch((error: unknown) => {
      if (error instanceof Error && error.name === 'AbortError') throw error;
      throw new CallRefused(troubleOf(error), { cause: error });
    }),
  );
  if (!parsed.success) throw new CallRefused(unanswered(z.prettifyError(parsed.error)));
  if (parsed.data.ok) return parsed.data.value;
  const { code, ...words } = parsed.data.error;
  // A newer engine may know codes that this window does not; its words are shown all the same.
  throw new CallRefused({ code: code as ErrorCode, ...words });
}

export function createClient(transport: Transport): Client {
  return {
    // The engine has checked the value against this very call's schema before it left.
    call: async (name, input) => (await open(transport.call(name, input))) as Output<typeof name>,
    on: (name, listener) =>
      transport.on(name, (payload) => {
        listener(payload as EventPayload<typeof name>);
      }),
    onConnection: (listener) => transport.onConnection(listener),
    pathOf: (file) => transport.pathOf(file),
    upload: async (file, upload) =>
      z.object({ path: z.string() }).parse(await open(transport.upload(file, upload))).path,
    mediaUrl: (kind, id) => `${transport.mediaOrigin}${mediaPath(kind, id)}`,
  };
}
