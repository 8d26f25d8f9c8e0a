import { useEffect } from 'react';
import type { EpisodeDetail } from '../../../main/contract/episodes.ts';
import type { Clip } from '../../../main/domain/clip.ts';
import { useApp, useIn } from '../../appContext.ts';
import { transcriptionOf } from '../../selectors/models.ts';
import type { Player } from '../episode/player.ts';
import { Live } from './Live.tsx';
import { NoWords } from './NoWords.tsx';
import { Typing } from './Typing.tsx';
import './words.css';

interface WordsProps {
  readonly detail: EpisodeDetail;
  readonly clip: Clip | undefined;
  readonly player: Player;
}

/** Where an episode's words come from, as long as it has none or they are on their way. */
export function Words({ detail, clip, player }: WordsProps) {
  const { stores } = useApp();
  const jobs = useIn('queue', (state) => state.jobs);
  const dismissed = useIn('memory', ({ memory }) => memory?.dismissedJobIds ?? null) ?? [];
  const isTyping = useIn('typing', (state) => state.clipId !== null);
  const { episode } = detail;
  const transcription = transcriptionOf(jobs, episode.id, dismissed);
  const { id, durationS } = episode;
  const isUnderWay = transcription !== undefined && transcription.state !== 'failed';
  useEffect(() => {
    const { follow, leave } = stores.live.getState();
    if (isUnderWay) void stores.troubles.getState().attempt(() => follow(id, durationS));
    return leave;
  }, [stores, isUnderWay, id, durationS]);
  useEffect(() => {
    const { clipId, open } = stores.typing.getState();
    if (clipId !== null && clip !== undefined) void stores.troubles.getState().attempt(() => open(clip));
  }, [stores, clip]);
  useEffect(
    () => () => {
      void stores.troubles.getState().attempt(stores.typing.getState().close);
    },
    [stores, id],
  );
  return (
    <>
      {transcription !== undefined ? (
        <Live job={transcription} episode={episode} player={player} />
      ) : (
        episode.transcriptSource === null && <NoWords episode={episode} clip={clip} />
      )}
      {isTyping && clip !== undefined && <Typing clip={clip} player={player} />}
    </>
  );
}
