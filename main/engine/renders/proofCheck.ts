import type { ProofCheck } from '../../domain/exportedFile.ts';

/** A check of something that is as it was asked for, or is not. */
export const equal = (
  name: string,
  value: ProofCheck['value'] | undefined,
  limit: ProofCheck['limit'],
): ProofCheck => ({
  name,
  value: value ?? null,
  limit,
  passed: value === limit,
});

export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));
