import { z } from 'zod';
import { retryAfterMs } from './quota.ts';

/** How an ask ended, as the provider or the network tells it. */
export type Reply =
  /** The model's words; isCut where it ran into its limit of words. */
  | { readonly kind: 'answered'; readonly text: string; readonly isCut: boolean }
  /** Too many asks: later, or with another key. */
  | { readonly kind: 'rate-limited'; readonly retryAfterMs: number | null; readonly because: string }
  /** The key is not known, or may not do this. */
  | { readonly kind: 'key-rejected'; readonly because: string }
  /** The request is wrong for this provider, such as a model that it does not have: asking again changes nothing. */
  | { readonly kind: 'refused'; readonly because: string }
  /** The provider is at fault. wasTaken: it may have done the work, and counted it. */
  | { readonly kind: 'failed'; readonly because: string; readonly wasTaken: boolean };

/** What came over the wire; undefined text where it was no text. */
export interface Received {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: string;
}

const Completion = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string().nullable() }),
        finish_reason: z.string().nullish(),
      }),
    )
    .min(1),
});

const Complaint = z.object({ error: z.union([z.string(), z.object({ message: z.string() })]) });

const LONGEST_COMPLAINT = 200;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Not JSON is an answer like any other here: the schema says what is missing.
    return undefined;
  }
}

/** What a provider complains of, in its words, on one line. */
function complaintOf({ status, body }: Received): string {
  const parsed = Complaint.safeParse(parseJson(body));
  const error = parsed.success ? parsed.data.error : '';
  const said = (typeof error === 'string' ? error : error.message).replace(/\s+/gu, ' ').trim();
  return said === '' ? `status ${status}` : `status ${status}: ${said.slice(0, LONGEST_COMPLAINT)}`;
}

/** Reads what a provider sent back for an ask. */
export function readReply(received: Received, nowMs: number): Reply {
  const { status, retryAfter } = received;
  if (status === 200) return readCompletion(received.body);
  const because = complaintOf(received);
  if (status === 429) return { kind: 'rate-limited', retryAfterMs: retryAfterMs(retryAfter, nowMs), because };
  // Nothing is left of what was paid for: another key may have some, and waiting helps as little as it harms.
  if (status === 402) return { kind: 'rate-limited', retryAfterMs: null, because };
  if (status === 401 || status === 403) return { kind: 'key-rejected', because };
  if (status >= 300 && status < 400)
    return { kind: 'refused', because: `${because}; another address is not asked` };
  if (status >= 400 && status < 500 && status !== 408) return { kind: 'refused', because };
  return { kind: 'failed', because, wasTaken: false };
}

function readCompletion(body: string): Reply {
  const parsed = Completion.safeParse(parseJson(body));
  const [choice] = parsed.success ? parsed.data.choices : [];
  if (choice === undefined)
    return { kind: 'failed', because: 'what came back is no whole answer', wasTaken: true };
  return {
    kind: 'answered',
    text: choice.message.content ?? '',
    isCut: choice.finish_reason === 'length',
  };
}

const ModelList = z.object({ data: z.array(z.object({ id: z.string().max(200) })).max(10_000) });

/** The names of the models that a provider lists, in order; undefined where it lists none in the way of OpenAI. */
export function readModels(body: string): string[] | undefined {
  const parsed = ModelList.safeParse(parseJson(body));
  return parsed.success ? parsed.data.data.map(({ id }) => id).sort() : undefined;
}
