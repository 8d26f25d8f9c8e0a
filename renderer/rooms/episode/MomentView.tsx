import { useCallback, useRef } from 'react';
import type { EpisodeDetail } from '../../../main/contract/episodes.ts';
import { formatClock } from '../../../main/domain/time.ts';
import { useApp } from '../../appContext.ts';
import type { Moment } from '../../stores/desk.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';
import { Key } from './Key.tsx';
import { Picked } from './Picked.tsx';
import { usePlayhead, type Player } from './player.ts';
import { Transcript } from './Transcript.tsx';

interface MomentViewProps {
  readonly detail: EpisodeDetail;
  readonly moment: Moment;
  readonly player: Player;
}

/** New words are fetched so long before the last known one is spoken. */
const AHEAD_S = 3;

/** A place of the episode that belongs to no clip: its words follow the sound, and a clip can begin anywhere in them. */
export function MomentView({ detail, moment, player }: MomentViewProps) {
  const { stores } = useApp();
  const { lookAt, leaveMoment, clipFrom, mark } = stores.desk.getState();
  const { durationS, id } = detail.episode;
  const asked = useRef(moment.range.toS);
  const follow = useCallback(
    (atS: number) => {
      const { fromS, toS } = moment.range;
      const isKnown = atS >= fromS && atS < toS - AHEAD_S;
      if (isKnown || toS >= durationS || asked.current === toS + 1) return;
      asked.current = toS + 1;
      void lookAt(atS);
    },
    [moment, durationS, lookAt],
  );
  usePlayhead(player, follow);
  const { moment: words, marks } = strings.desk;
  const here = { inS: moment.range.fromS, outS: moment.range.toS, parts: [] };
  return (
    <>
      <header className="clip-head moment-head">
        <h2>{words.title}</h2>
        <p className="mid num">{formatClock(moment.atS)}</p>
        <p className="acts-row">
          <button
            type="button"
            className="btn edge small"
            aria-keyshortcuts="W"
            onClick={() => void clipFrom(id, { fromS: player.atS(), toS: player.atS() + 1 })}
          >
            {words.clip}
            <Key name="W" />
          </button>
          <button
            type="button"
            className="btn edge small"
            aria-keyshortcuts="M"
            onClick={() => void mark(id, player.atS())}
          >
            <Icon name="flag" />
            {marks.mark}
            <Key name="M" />
          </button>
          <button type="button" className="btn plain small" aria-keyshortcuts="Escape" onClick={leaveMoment}>
            {words.back}
            <Key name="Esc" />
          </button>
        </p>
      </header>
      <div
        className={detail.episode.hasVideo ? 'read moment scroll beside' : 'read moment scroll'}
        tabIndex={0}
      >
        <Transcript cut={here} segments={moment.segments} player={player} />
      </div>
      <Picked episodeId={id} />
    </>
  );
}
