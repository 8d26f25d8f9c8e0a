import type { Clip } from '../../../main/domain/clip.ts';
import type { SeenBefore as Seen } from '../../../main/domain/showMemory.ts';
import { formatClock } from '../../../main/domain/time.ts';
import { useApp } from '../../appContext.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';

/** Where this moment was exported or told before, and the way there. */
export function SeenBefore({ clip }: { readonly clip: Clip }) {
  const [first, ...others] = clip.seenBefore ?? [];
  if (first === undefined) return null;
  return (
    <p className="seen">
      <Icon name="retry" />
      <span>{sentenceFor(first, clip)}</span>
      {others.length > 0 && <span className="dim">{strings.receipt.more(others.length)}</span>}
      {first.episodeId !== clip.episodeId && <GoThere seen={first} />}
    </p>
  );
}

function sentenceFor({ kind, episodeId, episodeTitle, fromS }: Seen, clip: Clip): string {
  const { seen: words } = strings.desk;
  const time = formatClock(fromS);
  if (kind === 'same-words') return words.saidIn(episodeTitle, time);
  return episodeId === clip.episodeId ? words.exportedHere(time) : words.exportedIn(episodeTitle, time);
}

function GoThere({ seen: { episodeId, fromS } }: { readonly seen: Seen }) {
  const { stores } = useApp();
  const go = async (): Promise<void> => {
    stores.place.getState().go({ room: 'episode', episodeId });
    await stores.episode.getState().open(episodeId);
    await stores.desk.getState().goTo(fromS);
  };
  return (
    <button type="button" className="btn plain small" onClick={() => void go()}>
      {strings.desk.seen.go}
    </button>
  );
}
