import { useEffect, useRef } from 'react';
import type { Episode } from '../../../main/domain/episode.ts';
import type { Job } from '../../../main/domain/job.ts';
import { formatClock } from '../../../main/domain/time.ts';
import { useIn } from '../../appContext.ts';
import { heardShare, timesAsFast } from '../../selectors/models.ts';
import { plainNumber } from '../../selectors/numbers.ts';
import { strings } from '../../strings.ts';
import { FailureCard } from '../queue/FailureCard.tsx';
import { JobActs } from '../queue/JobActs.tsx';
import type { Player } from '../episode/player.ts';

interface LiveProps {
  readonly job: Job;
  readonly episode: Episode;
  readonly player: Player;
}

const words = strings.live;

/** The words of an episode on their way: how far, how fast, and the words themselves as they come. */
export function Live({ job, episode, player }: LiveProps) {
  if (job.state === 'failed')
    return (
      <section className="live" aria-label={words.label}>
        <FailureCard job={job} />
      </section>
    );
  const share = heardShare(job);
  return (
    <section className="live" aria-label={words.label}>
      <header>
        <h2>{titleOf(job)}</h2>
        <p className="num mid">{facts(job, episode, share).join('  \u00b7  ')}</p>
        <JobActs job={job} isSmall />
      </header>
      <span
        className="bar go"
        role="progressbar"
        aria-label={words.label}
        aria-valuenow={Math.round(share * 100)}
      >
        <i style={{ width: `${share * 100}%` }} />
      </span>
      <Sentences player={player} durationS={episode.durationS} />
      <p className="dim keeps">{words.keeps}</p>
    </section>
  );
}

function titleOf({ state, stage }: Job): string {
  const { titles } = words;
  if (state === 'paused' || state === 'pending') return titles[state];
  return strings.stageNow[stage ?? ''] ?? titles.processing;
}

function facts(job: Job, { durationS }: Episode, share: number): string[] {
  const fast = timesAsFast(job, durationS);
  return [
    words.heard(formatClock(share * durationS), formatClock(durationS)),
    ...(fast === undefined ? [] : [words.speed(plainNumber(fast >= 10 ? Math.round(fast) : fast))]),
    ...(job.etaS === null || job.state !== 'processing' ? [] : [words.left(formatClock(job.etaS))]),
  ];
}

interface SentencesProps {
  readonly player: Player;
  readonly durationS: number;
}

/** Follows the newest sentence, unless somebody reads further up. */
function Sentences({ player, durationS }: SentencesProps) {
  const sentences = useIn('live', (state) => state.sentences);
  const list = useRef<HTMLOListElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    const element = list.current;
    if (element !== null && isAtEnd.current) element.scrollTop = element.scrollHeight;
  }, [sentences]);
  return (
    <ol
      ref={list}
      className="live-words scroll"
      tabIndex={0}
      aria-label={words.sentences}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < 24;
      }}
    >
      {sentences.length === 0 && <li className="dim">{words.first}</li>}
      {sentences.map(({ fromS, text }) => (
        <li key={fromS}>
          <button
            type="button"
            className="num dim"
            aria-label={words.playFrom(formatClock(fromS))}
            onClick={() => {
              player.play({ fromS, toS: durationS });
            }}
          >
            {formatClock(fromS)}
          </button>
          <span>{text}</span>
        </li>
      ))}
    </ol>
  );
}
