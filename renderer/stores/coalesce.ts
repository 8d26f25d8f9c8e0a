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
