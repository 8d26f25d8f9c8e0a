import type { EpisodeDetail } from '../../../main/contract/episodes.ts';
import { formatClock } from '../../../main/domain/time.ts';
import { useApp } from '../../appContext.ts';
import { strings } from '../../strings.ts';
import { Cover } from '../../ui/Cover.tsx';
import { Icon } from '../../ui/icons.tsx';
import { StatusBar } from '../shell/StatusBar.tsx';
import { Key } from './Key.tsx';

interface EpisodeBarProps {
  readonly detail: EpisodeDetail;
  /** Left out while there is nothing to export. */
  readonly onExport?: () => void;
}

/** Which episode this is, and what it has given so far. */
export function EpisodeBar({ detail, onExport }: EpisodeBarProps) {
  const { client } = useApp();
  const { episode, showName, hasCover, counts } = detail;
  const facts = [
    showName,
    formatClock(episode.durationS),
    ...(episode.transcriptSource === null ? [] : [strings.episode.words[episode.transcriptSource]]),
  ];
  const { counts: words } = strings.library;
  return (
    <header className="topbar">
      <div className="where">
        <Cover url={hasCover ? client.mediaUrl('cover', episode.id) : null} name={episode.title} />
        <div>
          <p className="cut num">{facts.filter((fact) => fact !== '').join(' \u00b7 ')}</p>
          <h1 className="cut">{episode.title}</h1>
        </div>
      </div>
      <span className="grow" />
      {counts.found > 0 && (
        <p className="tally-line num standby">
          <b>{counts.found}</b> {words.found} <b>{counts.kept}</b> {words.kept} <b>{counts.exported}</b>{' '}
          {words.exported}
        </p>
      )}
      <StatusBar />
      {onExport !== undefined && (
        <button type="button" className="btn edge" onClick={onExport} aria-keyshortcuts="E">
          <Icon name="export" />
          {counts.kept > 1 ? strings.episode.exportKept(counts.kept) : strings.episode.export}
          <Key name="E" />
        </button>
      )}
    </header>
  );
}
