import { useApp, useIn } from '../../appContext.ts';
import { strings } from '../../strings.ts';
import { Icon, Mark } from '../../ui/icons.tsx';
import { RoomLink } from './RoomLink.tsx';
import { ThemeSwitch } from './ThemeSwitch.tsx';

/** The way between the rooms. The clips of the episode in hand have a place of their own. */
export function Rail() {
  const { stores } = useApp();
  const place = useIn('place', (state) => state.place);
  const episodeId = useIn('episode', (state) => state.episodeId);
  const newest = useIn('library', (state) => state.episodes?.[0]?.episode.id ?? null);
  const unfinished = useIn('queue', ({ status }) =>
    status === null ? 0 : status.counts.processing + status.counts.pending + status.counts.paused,
  );
  const inHand = episodeId ?? newest;
  return (
    <aside className="rail" aria-label={strings.app}>
      <Mark className="mark" />
      <nav aria-label={strings.rooms.label}>
        <RoomLink to={{ room: 'library' }} isCurrent={place.room === 'library'}>
          <Icon name="library" />
          <span>{strings.rooms.library}</span>
        </RoomLink>
        {inHand !== null && (
          <RoomLink
            to={{ room: 'episode', episodeId: inHand }}
            isCurrent={place.room === 'episode' || place.room === 'work'}
          >
            <Icon name="clips" />
            <span>{strings.rooms.clips}</span>
          </RoomLink>
        )}
        <RoomLink to={{ room: 'queue' }} isCurrent={place.room === 'queue'}>
          <Icon name="queue" />
          <span>{strings.rooms.queue}</span>
          {unfinished > 0 && <span className="badge">{unfinished > 99 ? '99+' : unfinished}</span>}
        </RoomLink>
        <RoomLink to={{ room: 'storage' }} isCurrent={place.room === 'storage'}>
          <Icon name="storage" />
          <span>{strings.rooms.storage}</span>
        </RoomLink>
        <RoomLink to={{ room: 'settings', section: 'work' }} isCurrent={place.room === 'settings'}>
          <Icon name="settings" />
          <span>{strings.rooms.settings}</span>
        </RoomLink>
      </nav>
      <button
        type="button"
        className="rail-search"
        aria-keyshortcuts="/ Control+K"
        onClick={() => {
          stores.search.getState().open();
        }}
      >
        <Icon name="search" />
        <span>{strings.desk.search.short}</span>
      </button>
      <div className="foot">
        <ThemeSwitch label={strings.rooms.theme} />
      </div>
    </aside>
  );
}
