import type { EpisodeOverview } from '../../../main/contract/episodes.ts';
import { useApp } from '../../appContext.ts';
import { strings } from '../../strings.ts';
import { Cover } from '../../ui/Cover.tsx';
import { RoomLink } from '../shell/RoomLink.tsx';

/** The episode to go on with. */
export function Resume({ overview }: { readonly overview: EpisodeOverview }) {
  const { client } = useApp();
  const { episode, showName, hasCover, counts } = overview;
  return (
    <section className="resume" aria-label={strings.library.nextUp}>
      <div className="big">
        <Cover url={hasCover ? client.mediaUrl('cover', episode.id) : null} name={episode.title} />
      </div>
      <div className="resume-text">
        <p className="mid">{showName}</p>
        <h2>{episode.title}</h2>
        <p className="mid">{strings.library.stillToJudge(counts.found - counts.judged)}</p>
      </div>
      <RoomLink to={{ room: 'episode', episodeId: episode.id }} className="btn primary">
        {strings.library.continue}
      </RoomLink>
    </section>
  );
}
