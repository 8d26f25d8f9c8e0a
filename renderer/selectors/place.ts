/** Where a person is. work is an episode that is still coming in and has no page of its own yet. */
export type Place =
  | { readonly room: 'library' }
  | { readonly room: 'episode'; readonly episodeId: string }
  | { readonly room: 'work'; readonly jobId: number }
  | { readonly room: 'queue' }
  | { readonly room: 'storage' }
  | { readonly room: 'settings'; readonly section: SettingsSection };

export type SettingsSection = 'work' | 'models';

/** Reads an address; one that leads nowhere leads to the library. */
export function placeOf(path: string): Place {
  const [, room = '', id = ''] = path.split('/');
  if (room === 'queue') return { room: 'queue' };
  if (room === 'settings') return { room: 'settings', section: id === 'models' ? 'models' : 'work' };
  if (room === 'storage') return { room: 'storage' };
  if (room === 'episodes' && id !== '') return { room: 'episode', episodeId: decodeURIComponent(id) };
  if (room === 'work' && /^[1-9]\d*$/.test(id)) return { room: 'work', jobId: Number(id) };
  return { room: 'library' };
}

export function pathOf(place: Place): string {
  switch (place.room) {
    case 'library':
      return '/';
    case 'queue':
      return '/queue';
    case 'settings':
      return place.section === 'work' ? '/settings' : `/settings/${place.section}`;
    case 'storage':
      return '/storage';
    case 'work':
      return `/work/${place.jobId}`;
    case 'episode':
      return `/episodes/${encodeURIComponent(place.episodeId)}`;
  }
}
