import { useEffect } from 'react';
import { useApp, useIn } from '../../appContext.ts';
import { intakeOf } from '../../selectors/jobs.ts';
import { strings } from '../../strings.ts';
import { Say } from '../../ui/Say.tsx';
import { FailureCard } from '../queue/FailureCard.tsx';
import { RoomLink } from '../shell/RoomLink.tsx';
import { Desk } from './Desk.tsx';
import { EpisodeBar } from './EpisodeBar.tsx';
import { Working } from './Working.tsx';

/** One episode: while it comes in, its stages; afterwards its clips, best first. */
export function EpisodeRoom({ episodeId }: { readonly episodeId: string }) {
  const { stores } = useApp();
  useEffect(() => {
    void stores.episode.getState().open(episodeId);
  }, [stores, episodeId]);
  const detail = useIn('episode', (state) => (state.episodeId === episodeId ? state.detail : null));
  const missing = useIn('episode', (state) => state.missing);
  const jobs = useIn('queue', (state) => state.jobs);
  const intake = intakeOf(jobs, episodeId);
  if (detail === null) {
    return (
      <div className="stage">
        <header className="topbar" />
        {missing !== null && (
          <main className="single">
            <Say
              tone="bad"
              title={strings.episode.missing}
              acts={
                <RoomLink to={{ room: 'library' }} className="btn edge small">
                  {strings.acts.backToLibrary}
                </RoomLink>
              }
            >
              <p>{missing.title}</p>
            </Say>
          </main>
        )}
      </div>
    );
  }
  if (detail.clips.length > 0) return <Desk detail={detail} intake={intake} />;
  return (
    <div className="stage">
      <EpisodeBar detail={detail} />
      {intake === undefined || intake.state === 'failed' ? (
        <main className="single">
          {intake === undefined ? (
            <Say tone="wait" title={strings.episode.noCandidates}>
              <p>{strings.episode.noCandidatesWhy}</p>
            </Say>
          ) : (
            <FailureCard job={intake} />
          )}
        </main>
      ) : (
        <Working job={intake} />
      )}
    </div>
  );
}
