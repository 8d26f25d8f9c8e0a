import type { EpisodeDetail } from '../../../main/contract/episodes.ts';
import type { Clip } from '../../../main/domain/clip.ts';
import { useApp, useIn } from '../../appContext.ts';
import { exportsUnderWay } from '../../selectors/jobs.ts';
import { strings } from '../../strings.ts';
import { ClipExports } from './ClipExports.tsx';
import type { Player } from './player.ts';
import { Receipt } from './Receipt.tsx';

interface InspectorProps {
  readonly detail: EpisodeDetail;
  readonly clip: Clip;
  readonly player: Player;
}

const SLIPS = ['receipt', 'exports'] as const;

/** The two slips of a clip: why it scored, and what was made of it. */
export function Inspector({ detail, clip, player }: InspectorProps) {
  const { stores } = useApp();
  const slip = useIn('episode', (state) => state.slip);
  const jobs = useIn('queue', (state) => state.jobs);
  const dismissed = useIn('memory', ({ memory }) => memory?.dismissedJobIds ?? null) ?? [];
  const underWay = exportsUnderWay(jobs, clip.id, dismissed);
  const files = detail.exports.filter((file) => file.clipId === clip.id);
  const count = files.length + underWay.length;
  return (
    <>
      <div className="tabs">
        <div className="seg" role="tablist">
          {SLIPS.map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              aria-selected={slip === name}
              onClick={() => {
                stores.episode.getState().show(name);
              }}
            >
              {strings.receipt.tabs[name]}
              {name === 'exports' && count > 0 && <span className="num dim"> {count}</span>}
            </button>
          ))}
        </div>
      </div>
      <div className="slip-well scroll" role="tabpanel" aria-label={strings.receipt.tabs[slip]}>
        {slip === 'receipt' ? (
          <Receipt clip={clip} all={detail.clips.length} player={player} />
        ) : (
          <ClipExports clip={clip} files={files} underWay={underWay} />
        )}
      </div>
    </>
  );
}
