/** Runs an act again at most once while it is under way, however often it is asked for. */
export function coalesce(act: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let isAskedAgain = false;
  const go = async (): Promise<void> => {
    do {
      isAskedAgain = false;
      await act();
    } while (isAskedAgain);
  };
  return () => {
    if (running !== undefined) isAskedAgain = true;
    running ??= go().finally(() => {
      running = undefined;
    });
    return running;
  };
}
