import type { ReviewerTest } from '../../domain/reviewer.ts';
import { checkBaseUrl, LOCAL_SERVERS } from '../reviewer/address.ts';
import { probe, type Tried } from '../reviewer/probe.ts';
import type { EngineContext } from './context.ts';
import { reviewerSettings } from './reviewer.ts';

const USUAL_TIMEOUT_S = 180;

/** What to try; everything that is left out is as it is set up. */
export interface TestWishes {
  readonly baseUrl?: string | undefined;
  readonly model?: string | undefined;
}

/**
 * Tries the provider that is set up, or the address that is given; where there is neither, the servers of language models
 * that may run on this machine.
 */
export async function testReviewer(
  engine: EngineContext,
  { baseUrl, model }: TestWishes,
  signal: AbortSignal,
): Promise<ReviewerTest[]> {
  const settings = reviewerSettings(engine);
  const chosen = settings.providers.find(({ id }) => id === settings.provider);
  const tried = triedOf();
  const tests: ReviewerTest[] = [];
  for (const each of tried) tests.push(await probe(engine.reviewer, each, signal));
  return tests;

  function triedOf(): Tried[] {
    const timeoutS = USUAL_TIMEOUT_S;
    if (baseUrl !== undefined)
      return [{ id: 'given', baseUrl: checkBaseUrl(baseUrl), model: model ?? null, timeoutS }];
    if (chosen !== undefined) return [{ ...chosen, model: model ?? chosen.model }];
    return LOCAL_SERVERS.map((server) => ({ ...server, model: model ?? null, timeoutS }));
  }
}
