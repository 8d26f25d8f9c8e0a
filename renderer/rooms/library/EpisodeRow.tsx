import type { EpisodeOverview } from '../../../main/contract/episodes.ts';
import type { Job } from '../../../main/domain/job.ts';
import { formatClock } from '../../../main/domain/time.ts';
import { useApp, useIn, useTheme } from '../../appContext.ts';
import { strings } from '../../strings.ts';
import { Cover } from '../../ui/Cover.tsx';
import { Wave } from '../../ui/Wave.tsx';
import { RoomLink } from '../shell/RoomLink.tsx';
import { Progress } from './Progress.tsx';

const DAY_MS = 86_400_000;

const whenAdded = (atMs: number): string =>
  new Date(atMs).toDateString() === new Date().toDateString()
    ? strings.library.today
    : new Intl.DateTimeFormat('en', {
        day: 'numeric',
        month: 'short',
        ...(Date.now() - atMs > 300 * DAY_MS ? { year: 'numeric' } : {}),
      }).format(atMs);

interface EpisodeRowProps {
  readonly overview: EpisodeOverview;
  readonly intake: Job | undefined;
}

export function EpisodeRow({ overview, intake }: EpisodeRowProps) {
  const { client } = useApp();
  const theme = useTheme();
  const { episode, showName, hasCover } = overview;
  const wave = useIn('library', (state) => state.waves[episode.id] ?? null);
  const cover = hasCover ? client.mediaUrl('cover', episode.id) : null;
  return (
    <li>
      <RoomLink to={{ room: 'episode', episodeId: episode.id }} className="ep">
        <Cover url={cover} name={episode.title} />
        <span className="ep-name">
          <b className="cut">{episode.title}</b>
          <small className="dim cut">
            {showName}
            {episode.state === 'ready' && episode.transcriptSource === null && `, ${strings.byEar.tag}`}
          </small>
        </span>
        <span className="ep-tape">{wave !== null && <Wave columns={wave} lit={[]} theme={theme} />}</span>
        <span className="ep-dur num">{formatClock(episode.durationS)}</span>
        {intake === undefined || intake.state === 'failed' ? (
          <Counts overview={overview} />
        ) : (
          <Progress job={intake} />
        )}
        <span className="ep-when dim num">{whenAdded(episode.importedAtMs)}</span>
      </RoomLink>
    </li>
  );
}

function Counts({ overview: { counts } }: { readonly overview: EpisodeOverview }) {
  const { counts: words, all } = strings.library;
  const isDone = counts.found > 0 && counts.judged >= counts.found;
  return (
    <span className="ep-nums num">
      <Count name={words.found} value={String(counts.found)} />
      <Count name={words.judged} value={isDone ? all : String(counts.judged)} isOpen={!isDone} />
      <Count name={words.kept} value={String(counts.kept)} />
      <Count name={words.exported} value={String(counts.exported)} />
    </span>
  );
}

function Count({
  name,
  value,
  isOpen = false,
}: {
  readonly name: string;
  readonly value: string;
  readonly isOpen?: boolean;
}) {
  return (
    <span className={isOpen ? 'todo' : undefined}>
      <b>{value}</b>
      <small>{name}</small>
    </span>
  );
}
