import { useEffect, useState } from 'react';
import type { Clip } from '../../../main/domain/clip.ts';
import type { EpisodeDetail } from '../../../main/contract/episodes.ts';
import type { Job } from '../../../main/domain/job.ts';
import { useApp, useIn } from '../../appContext.ts';
import { selectedClip, type Decision } from '../../stores/episode.ts';
import { ClipView } from './ClipView.tsx';
import { createPlayer } from './player.ts';
import { EpisodeBar } from './EpisodeBar.tsx';
import { Inspector } from './Inspector.tsx';
import { ListPane } from './ListPane.tsx';
import { MomentView } from './MomentView.tsx';
import { rangeOf } from './ranges.ts';
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
  const moment = useIn('desk', (state) => state.moment);
  const isTyping = useIn('typing', (state) => state.clipId !== null);
  const { episode, clips } = detail;
  const listened = moment && { fromS: moment.range.fromS, toS: episode.durationS };
  const range = listened ?? (clip && rangeOf(clip));
  const openExport = (): void => {
    stores.exporting.getState().open(
      clip,
      clips.filter((one) => one.state === 'kept' || one.state === 'trimmed'),
    );
  };
  const decide = (decision: Decision): void => {
    if (clip === undefined) return;
    void stores.desk.getState().decide(clip, decision);
  };
  useDeskKeys({
    player,
    clip,
    range,
    episodeId: episode.id,
    showId: episode.showId,
    durationS: episode.durationS,
    decide,
    openExport,
  });
  useOffers(clip);
  usePaste(episode.id);
  return (
    <div className="stage">
      <EpisodeBar detail={detail} onExport={openExport} />
      <main className="desk">
        <Strip detail={detail} player={player} />
        <section className="list">
          <ListPane detail={detail} intake={intake} player={player} />
        </section>
        <section className="centre">
          <Words detail={detail} clip={clip} player={player} />
          {moment !== null && <MomentView detail={detail} moment={moment} player={player} />}
          {moment === null && clip !== undefined && !isTyping && (
            <ClipView clip={clip} player={player} hasVideo={episode.hasVideo} />
          )}
          <Recording episode={episode} player={player} />
        </section>
        <section className="inspect">
          {clip !== undefined && <Inspector detail={detail} clip={clip} player={player} />}
        </section>
        <footer className="transport">
          {clip !== undefined && range !== undefined && (
            <Transport clip={clip} range={range} player={player} durationS={episode.durationS} />
          )}
        </footer>
        <footer className="judge">{clip !== undefined && <Verdict clip={clip} decide={decide} />}</footer>
      </main>
    </div>
  );
}

/** A hand that runs down the list asks for nothing; one that rests on a clip learns how it could be cut better. */
const REST_MS = 220;

function useOffers(clip: Clip | undefined): void {
  const { stores } = useApp();
  useEffect(() => {
    if (clip === undefined || clip.foundBy === 'ear') return undefined;
    const timer = setTimeout(() => void stores.desk.getState().explain(clip), REST_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [stores, clip]);
}

/** Times that are pasted anywhere but into a field become marks. */
function usePaste(episodeId: string): void {
  const { stores } = useApp();
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      const isField = event.target instanceof Element && event.target.closest('input, textarea') !== null;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (isField || text.trim() === '') return;
      event.preventDefault();
      const { show, addMarks } = stores.desk.getState();
      show('marks');
      void addMarks(episodeId, text);
    };
    addEventListener('paste', paste);
    return () => {
      removeEventListener('paste', paste);
    };
  }, [stores, episodeId]);
}
