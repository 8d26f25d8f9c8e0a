import type { Clip } from '../../../main/domain/clip.ts';
import { useIn } from '../../appContext.ts';
import { clockTenths, plainNumber } from '../../selectors/numbers.ts';
import { selectedCloseUp } from '../../stores/episode.ts';
import { strings } from '../../strings.ts';
import type { Player } from './player.ts';
import { Ladder } from './Ladder.tsx';
import { Picked } from './Picked.tsx';
import { SeenBefore } from './SeenBefore.tsx';
import { Transcript } from './Transcript.tsx';
import { Zoom } from './Zoom.tsx';
import './cuts.css';

interface ClipViewProps {
  readonly clip: Clip;
  readonly player: Player;
  readonly hasVideo: boolean;
}

/** The clip in hand: its cut, its sound and its words on one clock. */
export function ClipView({ clip, player, hasVideo }: ClipViewProps) {
  const closeUp = useIn('episode', selectedCloseUp);
  const length = `${plainNumber(Math.round(clip.durationS * 10) / 10)} s`;
  return (
    <>
      <header className="clip-head">
        <h2>{clip.title}</h2>
        <p className="mid num">
          {strings.episode.range(clockTenths(clip.inS), clockTenths(clip.outS), length)}
        </p>
        <p className="reason">{clip.reason}</p>
        <SeenBefore clip={clip} />
      </header>
      <Zoom key={clip.id} clip={clip} closeUp={closeUp} player={player} />
      <Ladder clip={clip} />
      <div className={hasVideo ? 'read scroll beside' : 'read scroll'} tabIndex={0}>
        <Transcript cut={clip} segments={closeUp?.segments} player={player} />
      </div>
      <Picked episodeId={clip.episodeId} />
    </>
  );
}
