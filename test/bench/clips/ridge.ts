/** Mean products of the features with each other and with the target, all of them less their means. */
export interface Moments {
  readonly size: number;
  /** Row after row, symmetrical. */
  readonly products: Float64Array;
  readonly withTarget: Float64Array;
}

export const emptyMoments = (size: number): Moments => ({
  size,
  products: new Float64Array(size * size),
  withTarget: new Float64Array(size),
});

/** Adds `from`, weighted, to `into`. */
export function addMoments(into: Moments, from: Moments, weight: number): void {
  from.products.forEach((value, i) => {
    into.products[i] = (into.products[i] ?? 0) + weight * value;
  });
  from.withTarget.forEach((value, i) => {
    into.withTarget[i] = (into.withTarget[i] ?? 0) + weight * value;
  });
}

/** Moments of one episode; `rows` holds one row of features after the other, centred, `target` one value a row. */
export function momentsOf(rows: Float64Array, target: readonly number[], size: number): Moments {
  const moments = emptyMoments(size);
  const { products, withTarget } = moments;
  const share = 1 / Math.max(1, target.length);
  for (let row = 0; row < target.length; row += 1) {
    const start = row * size;
    for (let i = 0; i < size; i += 1) {
      const a = (rows[start + i] ?? 0) * share;
      if (a === 0) continue;
      withTarget[i] = (withTarget[i] ?? 0) + a * (target[row] ?? 0);
      for (let j = 0; j < size; j += 1)
        products[i * size + j] = (products[i * size + j] ?? 0) + a * (rows[start + j] ?? 0);
    }
  }
  return moments;
}

export interface RidgeLimits {
  /** Pull towards nothing; one number for each feature. */
  readonly pull: readonly number[];
  /** 1: never below zero. -1: never above. 0: free. */
  readonly signs: readonly (1 | -1 | 0)[];
}

const PASSES = 200;

/** Weights of a ridge regression with fixed signs, by coordinate descent: each weight in turn takes its best value. */
export function fitRidge(
  { size, products, withTarget }: Moments,
  { pull, signs }: RidgeLimits,
): Float64Array {
  const weights = new Float64Array(size);
  for (let pass = 0; pass < PASSES; pass += 1) {
    for (let i = 0; i < size; i += 1) {
      const own = products[i * size + i] ?? 0;
      if (own <= 0) continue;
      let rest = withTarget[i] ?? 0;
      for (let j = 0; j < size; j += 1)
        if (j !== i) rest -= (products[i * size + j] ?? 0) * (weights[j] ?? 0);
      const best = rest / (own + (pull[i] ?? 0));
      const sign = signs[i] ?? 0;
      weights[i] = sign === 0 ? best : sign * Math.max(0, sign * best);
    }
  }
  return weights;
}
