import { join, posix } from 'node:path';
import type { LiveUse } from '../db/liveUse.ts';
import type { OwnedFile } from '../db/ownedFiles.ts';

/** The episode whose folder a file lies in, such as analysis/ep-1/speech.wav: it outlives the episode's row. */
export const folderEpisodeId = (path: string): string | undefined =>
  path.split(/[/\\]/u).join(posix.sep).split(posix.sep)[1];

/** Whether an unfinished job needs the file. */
export function isInUse(file: OwnedFile, use: LiveUse, home: string): boolean {
  const isOfBusyEpisode = (id: string | null | undefined): boolean =>
    id !== null && id !== undefined && use.episodeIds.has(id);
  switch (file.category) {
    case 'analysis':
      return isOfBusyEpisode(file.episodeId) || isOfBusyEpisode(folderEpisodeId(file.path));
    case 'episode-copy':
    case 'archive':
      return isOfBusyEpisode(file.episodeId) || use.paths.has(join(home, file.path));
    case 'model':
      return use.needsModels;
    case 'export':
      return isOfBusyEpisode(file.episodeId);
    case 'backup':
    case 'log':
      return false;
  }
}
