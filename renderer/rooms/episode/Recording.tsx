import { useCallback, useEffect } from 'react';
import type { Episode } from '../../../main/domain/episode.ts';
import { useApp } from '../../appContext.ts';
import { strings } from '../../strings.ts';
import type { Player } from './player.ts';

/** The recording itself, played by range; its picture is shown where it has one. */
export function Recording({ episode, player }: { readonly episode: Episode; readonly player: Player }) {
  const { client } = useApp();
  const attach = useCallback(
    (element: HTMLMediaElement | null) => {
      player.attach(element);
    },
    [player],
  );
  useEffect(
    () => () => {
      player.pause();
    },
    [player],
  );
  const url = client.mediaUrl('episode', episode.id);
  return episode.hasVideo ? (
    <video
      key={url}
      ref={attach}
      src={url}
      preload="metadata"
      className="picture"
      aria-label={strings.episode.play}
      playsInline
    />
  ) : (
    <audio key={url} ref={attach} src={url} preload="metadata" />
  );
}
