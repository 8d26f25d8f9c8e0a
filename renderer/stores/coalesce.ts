/** Runs an act again at most once while it is under way, however often it is asked for. */
export function coalesce(act: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let asked = 0;
  const go = async (): Promise<void> => {
    let answered: number;
    do {
      answered = asked;
      await act();
    } while (answered !== asked);
  };
  return () => {
    asked += 1;
    running ??= go().finally(() => {
      running = undefined;
    });
    return running;
  };
}

/** As coalesce, with a rest after each run, so that a flood of reasons to run it makes no flood of runs. */
export const paced = (act: () => Promise<void>, restMs: number): (() => Promise<void>) => {
  let freeAtMs = 0;
  return coalesce(async () => {
    const waitMs = freeAtMs - Date.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    try {
      await act();
    } finally {
      freeAtMs = Date.now() + restMs;
    }
  });
};
