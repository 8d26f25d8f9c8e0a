import type { EpisodeChangeRepository } from '../db/episodeChanges.ts';

/**
 * Tells which episodes other processes have changed, looking every so often, until the returned function is called.
 * What this process changed itself may be told once more together with the others' changes.
 */
export function watchEpisodes(
  changes: EpisodeChangeRepository,
  intervalMs: number,
  onChange: (episodeId: string) => void,
): () => void {
  let dataVersion = changes.dataVersion();
  let versions = changes.versions();
  const timer = setInterval(() => {
    const now = changes.dataVersion();
    if (now === dataVersion) return;
    dataVersion = now;
    const before = versions;
    versions = changes.versions();
    for (const [episodeId, version] of versions) if (before.get(episodeId) !== version) onChange(episodeId);
  }, intervalMs);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}
