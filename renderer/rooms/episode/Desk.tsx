import { useState } from 'react';
import type { EpisodeDetail } from '../../../main/contract/episodes.ts';
import type { Job } from '../../../main/domain/job.ts';
import { useApp, useIn } from '../../appContext.ts';
import { selectedClip, type Decision } from '../../stores/episode.ts';
import { Candidates } from './Candidates.tsx';
import { ClipView } from './ClipView.tsx';
import { createPlayer } from './player.ts';
import { EpisodeBar } from './EpisodeBar.tsx';
import { Inspector } from './Inspector.tsx';
import { Recording } from './Recording.tsx';
import { Strip } from './Strip.tsx';
import { Transport } from './Transport.tsx';
import { Words } from '../words/Words.tsx';
import { useDeskKeys } from './deskKeys.ts';
import { Verdict } from './Verdict.tsx';
import './desk.css';

interface DeskProps {
  readonly detail: EpisodeDetail;
  /** Work on this episode that is under way or failed, while its earlier clips stay in sight. */
  readonly intake: Job | undefined;
}

/** Where clips are heard, read and judged. */
export function Desk({ detail, intake }: DeskProps) {
  const { stores } = useApp();
  const [player] = useState(createPlayer);
  const clip = useIn('episode', selectedClip);
  const isTyping = useIn('typing', (state) => state.clipId !== null);
  const { episode, clips } = detail;
  const openExport = (): void => {
    stores.exporting.getState().open(
      clip,
      clips.filter((one) => one.state === 'kept' || one.state === 'trimmed'),
    );
  };
  const decide = (decision: Decision): void => {
    if (clip === undefined) return;
    void stores.troubles.getState().attempt(() => stores.episode.getState().decide(clip.id, decision));
  };
  useDeskKeys({ player, clip, decide, openExport });
  return (
    <div className="stage">
      <EpisodeBar detail={detail} onExport={openExport} />
      <main className="desk">
        <Strip detail={detail} player={player} />
        <section className="list">
          <Candidates detail={detail} intake={intake} />
        </section>
        <section className="centre">
          <Words detail={detail} clip={clip} player={player} />
          {clip !== undefined && !isTyping && (
            <ClipView clip={clip} player={player} hasVideo={episode.hasVideo} />
          )}
          <Recording episode={episode} player={player} />
        </section>
        <section className="inspect">
          {clip !== undefined && <Inspector detail={detail} clip={clip} player={player} />}
        </section>
        <footer className="transport">
          {clip !== undefined && <Transport clip={clip} player={player} durationS={episode.durationS} />}
        </footer>
        <footer className="judge">{clip !== undefined && <Verdict clip={clip} decide={decide} />}</footer>
      </main>
    </div>
  );
}
