import { useLayoutEffect } from 'react';
import { useIn, useTheme } from './appContext.ts';
import { Chooser } from './rooms/chooser/Chooser.tsx';
import { EpisodeRoom } from './rooms/episode/EpisodeRoom.tsx';
import { WorkRoom } from './rooms/episode/WorkRoom.tsx';
import { ExportDialog } from './rooms/exporting/ExportDialog.tsx';
import { FirstRun } from './rooms/library/FirstRun.tsx';
import { LibraryRoom } from './rooms/library/LibraryRoom.tsx';
import { LearningDialog } from './rooms/learning/LearningDialog.tsx';
import { QueueRoom } from './rooms/queue/QueueRoom.tsx';
import { SearchDialog } from './rooms/search/SearchDialog.tsx';
import { useSearchKeys } from './rooms/search/searchKeys.ts';
import { SettingsRoom } from './rooms/settings/SettingsRoom.tsx';
import { StorageRoom } from './rooms/storage/StorageRoom.tsx';
import { Announcer } from './rooms/shell/Announcer.tsx';
import { ConnectionLine } from './rooms/shell/ConnectionLine.tsx';
import { DropTarget } from './rooms/shell/DropTarget.tsx';
import { Rail } from './rooms/shell/Rail.tsx';
import { Troubles } from './rooms/shell/Troubles.tsx';
import { homelessIntakes } from './selectors/jobs.ts';

/** The room a person is in, and what lies over every room. */
export function App() {
  const theme = useTheme();
  const isKnown = useIn('memory', ({ memory }) => memory !== null);
  useSearchKeys();
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  return (
    <>
      {isKnown && <Room />}
      <ConnectionLine />
      <Troubles />
      <Chooser />
      <ExportDialog />
      <LearningDialog />
      <SearchDialog />
      <DropTarget />
      <Announcer />
    </>
  );
}

function Room() {
  const place = useIn('place', (state) => state.place);
  const episodes = useIn('library', (state) => state.episodes);
  const jobs = useIn('queue', (state) => state.jobs);
  const dismissed = useIn('memory', ({ memory }) => memory?.dismissedJobIds ?? null);
  if (place.room === 'library') {
    if (episodes === null) return null;
    const isFirstRun = episodes.length === 0 && homelessIntakes(jobs, dismissed ?? []).length === 0;
    if (isFirstRun) return <FirstRun />;
  }
  return (
    <div className="shell">
      <Rail />
      {place.room === 'library' && <LibraryRoom />}
      {place.room === 'queue' && <QueueRoom />}
      {place.room === 'settings' && <SettingsRoom section={place.section} />}
      {place.room === 'storage' && <StorageRoom />}
      {place.room === 'work' && <WorkRoom jobId={place.jobId} />}
      {place.room === 'episode' && <EpisodeRoom episodeId={place.episodeId} />}
    </div>
  );
}
