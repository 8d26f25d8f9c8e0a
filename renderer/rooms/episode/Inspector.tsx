import type { EpisodeDetail } from '../../../main/contract/episodes.ts';
import type { Clip } from '../../../main/domain/clip.ts';
import { useApp, useIn } from '../../appContext.ts';
import { exportsUnderWay } from '../../selectors/jobs.ts';
import { strings } from '../../strings.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { ClipExports } from './ClipExports.tsx';
import type { Player } from './player.ts';
import { Receipt } from './Receipt.tsx';
import { Titles } from './Titles.tsx';

interface InspectorProps {
  readonly detail: EpisodeDetail;
  readonly clip: Clip;
  readonly player: Player;
}

const SLIPS = ['receipt', 'titles', 'exports'] as const;

/** The slips of a clip: why it scored, what it is called, and what was made of it. */
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
      <Tabs
        label={strings.receipt.tabs.label}
        tabs={SLIPS.map((name) => ({
          name,
          text: strings.receipt.tabs[name],
          count: name === 'exports' ? count : 0,
        }))}
        chosen={slip}
        onChoose={stores.episode.getState().show}
      />
      <div className="slip-well scroll" role="tabpanel" aria-label={strings.receipt.tabs[slip]}>
        {slip === 'receipt' && <Receipt clip={clip} all={detail.clips.length} player={player} />}
        {slip === 'titles' && <Titles clip={clip} />}
        {slip === 'exports' && <ClipExports clip={clip} files={files} underWay={underWay} />}
      </div>
    </>
  );
}
