import { z } from 'zod';

const line = (most: number) => z.string().max(most);

/** What a model may say about a clip; more than this is not read, and other fields are dropped. */
export const Answer = z.object({
  verdict: z.number().min(0).max(10),
  reasons: z.array(z.object({ why: line(400), quote: line(400) })).max(10),
  titles: z.array(line(200)).max(10),
  hooks: z.array(line(300)).max(10).default([]),
  hashtags: z.array(line(100)).max(30).default([]),
});
export type Answer = z.infer<typeof Answer>;

export type ReadAnswer =
  { readonly isGood: true; readonly answer: Answer } | { readonly isGood: false; readonly why: string };

/** Models like to wrap JSON into a code block, and some think aloud first; the JSON itself is not mended. */
const bare = (text: string): string =>
  text
    .replace(/^\s*<think>[\s\S]*?<\/think>/u, '')
    .replace(/^\s*```(?:json)?\s*|\s*```\s*$/gu, '')
    .trim();

/** Reads a model's answer. */
export function readAnswer(text: string): ReadAnswer {
  let raw: unknown;
  try {
    raw = JSON.parse(bare(text));
  } catch {
    return { isGood: false, why: 'the answer is no JSON' };
  }
  const parsed = Answer.safeParse(raw);
  if (parsed.success) return { isGood: true, answer: parsed.data };
  const [issue] = parsed.error.issues;
  return { isGood: false, why: `${issue?.path.join('.') ?? 'answer'}: ${issue?.message ?? 'wrong'}` };
}
