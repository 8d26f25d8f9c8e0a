import type { ClipReview } from '../../domain/clipReview.ts';
import type { Answer } from './answer.ts';
import { findQuote, groundHashtag, groundLine, type Said } from './grounding.ts';
import type { Spoken } from './spoken.ts';

const LONGEST_REASON = 160;
const MOST_REASONS = 3;
const MOST_TITLES = 3;
const MOST_HOOKS = 2;
const MOST_TAGS = 5;
const ADDRESS = /https?:|www\.|@\w/iu;

/** A model's words for a person: one line, without marks that a terminal or a page would act on. */
const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, LONGEST_REASON);

/** Holds lines against the clip; those that it does not say are kept apart with the reason. */
function sieve(lines: readonly string[], spoken: Spoken, most: number) {
  const taken: Said[] = [];
  const refused: { text: string; why: string }[] = [];
  for (const line of lines) {
    const grounded = groundLine(line, spoken);
    if (!grounded.isSaid) refused.push({ text: oneLine(line), why: grounded.why });
    else if (taken.length < most && !taken.some(({ text }) => text === grounded.said.text))
      taken.push(grounded.said);
  }
  return { taken, refused };
}

function reasonsOf(answer: Answer, spoken: Spoken): ClipReview['reasons'] {
  return answer.reasons
    .flatMap(({ why, quote }) => {
      const said = findQuote(quote, spoken);
      const told = oneLine(why);
      return said === undefined || told === '' || ADDRESS.test(told) ? [] : [{ why: told, quote: said }];
    })
    .slice(0, MOST_REASONS);
}

/** Makes a review of a model's answer: whatever the clip's own words do not bear out is dropped, and told. */
export function judge(answer: Answer, spoken: Spoken, by: { provider: string; model: string }): ClipReview {
  const reasons = reasonsOf(answer, spoken);
  const titles = sieve(answer.titles, spoken, MOST_TITLES);
  const hooks = sieve(answer.hooks, spoken, MOST_HOOKS);
  const tags = answer.hashtags.map((tag) => ({ tag, said: groundHashtag(tag, spoken) }));
  return {
    ...by,
    verdict: answer.verdict,
    reasons,
    titles: titles.taken,
    hooks: hooks.taken,
    hashtags: [...new Set(tags.flatMap(({ said }) => said ?? []))].slice(0, MOST_TAGS),
    refused: [
      ...titles.refused,
      ...hooks.refused,
      ...tags
        .filter(({ said }) => said === undefined)
        .map(({ tag }) => ({ text: oneLine(tag), why: 'the clip does not say it' })),
    ],
    notes: [
      ...(spoken.keptBack === 0
        ? []
        : ['Words that speak to a program instead of a listener were kept from the model.']),
      ...(reasons.length === 0
        ? ['The verdict quotes nothing that the clip says, so it gives no points.']
        : []),
    ],
  };
}
