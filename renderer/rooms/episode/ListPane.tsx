import type { EpisodeDetail } from '../../../main/contract/episodes.ts';
import type { Job } from '../../../main/domain/job.ts';
import { useApp, useIn } from '../../appContext.ts';
import { LEFT_LISTS, type LeftList } from '../../stores/desk.ts';
import { strings } from '../../strings.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { Candidates } from './Candidates.tsx';
import { MarksList } from './MarksList.tsx';
import { OffLimitsList } from './OffLimitsList.tsx';
import type { Player } from './player.ts';
import './lists.css';

interface ListPaneProps {
  readonly detail: EpisodeDetail;
  readonly intake: Job | undefined;
  readonly player: Player;
}

/** What is known of the episode as lists: its candidates, a person's own marks, and what is kept out of clips. */
export function ListPane({ detail, intake, player }: ListPaneProps) {
  const { stores } = useApp();
  const list = useIn('desk', (state) => state.list);
  const { lists: words } = strings.desk;
  const counts: Readonly<Record<LeftList, number>> = {
    candidates: detail.clips.length,
    marks: detail.marks.length,
    offLimits: detail.offLimits.filter(({ isOverruled }) => !isOverruled).length,
  };
  return (
    <>
      <Tabs
        label={words.label}
        tabs={LEFT_LISTS.map((name) => ({ name, text: words[name], count: counts[name] }))}
        chosen={list}
        onChoose={stores.desk.getState().show}
      />
      <div className="pane" role="tabpanel" aria-label={words[list]}>
        {list === 'candidates' && <Candidates detail={detail} intake={intake} />}
        {list === 'marks' && <MarksList detail={detail} player={player} />}
        {list === 'offLimits' && <OffLimitsList detail={detail} player={player} />}
      </div>
    </>
  );
}
