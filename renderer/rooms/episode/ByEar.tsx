import type { Episode } from '../../../main/domain/episode.ts';
import { useApp } from '../../appContext.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';
import { Say } from '../../ui/Say.tsx';

/** Says plainly that nothing was read, and what would make the candidates better. */
export function ByEar({ episode }: { readonly episode: Episode }) {
  const { stores } = useApp();
  return (
    <div className="by-ear">
      <Say
        tone="wait"
        title={strings.byEar.title}
        acts={
          <button
            type="button"
            className="btn edge small"
            onClick={() => void stores.arrivals.getState().browseTranscript(episode.path)}
          >
            <Icon name="words" />
            {strings.byEar.choose}
          </button>
        }
      >
        <p>{strings.byEar.what}</p>
      </Say>
    </div>
  );
}
