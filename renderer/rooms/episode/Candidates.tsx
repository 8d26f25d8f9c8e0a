import { useEffect, useRef } from 'react';
import type { EpisodeDetail } from '../../../main/contract/episodes.ts';
import type { Clip } from '../../../main/domain/clip.ts';
import type { Job } from '../../../main/domain/job.ts';
import { formatClock } from '../../../main/domain/time.ts';
import { useApp, useIn } from '../../appContext.ts';
import { lengthInWords, wholeScore } from '../../selectors/numbers.ts';
import { tallyOf } from '../../selectors/tally.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';
import { Tally } from '../../ui/Tally.tsx';
import { Progress } from '../library/Progress.tsx';
import { FailureCard } from '../queue/FailureCard.tsx';
import { ProfileChoice } from './ProfileChoice.tsx';

interface CandidatesProps {
  readonly detail: EpisodeDetail;
  readonly intake: Job | undefined;
}

/** The moments of the episode, best first, and how well the scores of its show have foretold what was kept. */
export function Candidates({ detail, intake }: CandidatesProps) {
  const { stores } = useApp();
  const selectedId = useIn('episode', (state) => state.selectedId);
  const { clips, counts, exports, hitRate } = detail;
  const exported = new Set(exports.map(({ clipId }) => clipId));
  return (
    <>
      <div className="head">
        <ProfileChoice detail={detail} />
        <span className="grow" />
        <span className="dim num judged">{strings.episode.judged(counts.judged, clips.length)}</span>
      </div>
      {intake !== undefined && (
        <div className="again">
          {intake.state === 'failed' ? <FailureCard job={intake} /> : <Progress job={intake} />}
        </div>
      )}
      <button
        type="button"
        className="hit-rate"
        aria-keyshortcuts="Shift+L"
        onClick={() => void stores.learning.getState().open(detail.episode.showId)}
      >
        <span>{hitRate?.sentence ?? strings.desk.learning.open}</span>
        <Icon name="arrow" />
      </button>
      <ul className="cards scroll" aria-label={strings.episode.candidates}>
        {clips.map((clip) => (
          <Card
            key={clip.id}
            clip={clip}
            isSelected={clip.id === selectedId}
            isExported={exported.has(clip.id)}
          />
        ))}
      </ul>
    </>
  );
}

interface CardProps {
  readonly clip: Clip;
  readonly isSelected: boolean;
  readonly isExported: boolean;
}

function Card({ clip, isSelected, isExported }: CardProps) {
  const { stores } = useApp();
  const element = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isSelected) element.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected]);
  const ticks = tallyOf(clip.parts, clip.score);
  const rejected = clip.state === 'rejected' ? ' no' : '';
  return (
    <li>
      <button
        ref={element}
        type="button"
        className={`card${isSelected ? ' sel' : ''}${rejected}`}
        aria-current={isSelected}
        onClick={() => {
          stores.episode.getState().select(clip.id);
        }}
      >
        <span className="card-top">
          <span className="rank num dim">{clip.rank}</span>
          <b className="card-title">{clip.title}</b>
          <span className="score">
            {wholeScore(clip.score)} <small>{strings.episode.ofHundred}</small>
          </span>
        </span>
        <Tally groups={ticks.groups} cost={ticks.cost} size="card" />
        <span className="card-why">{clip.reason}</span>
        <span className="card-foot num">
          <span>{formatClock(clip.inS)}</span>
          <span>{lengthInWords(Math.round(clip.durationS))}</span>
          <span className="cut">{clip.speakers.map((name) => name.split(' ')[0]).join(', ')}</span>
          <span className="grow" />
          <Origin clip={clip} isExported={isExported} />
          <State clip={clip} isExported={isExported} />
        </span>
      </button>
    </li>
  );
}

/** A person's own mark, what the show opens with, and what was heard before say so on the card. */
function Origin({ clip, isExported }: { readonly clip: Clip; readonly isExported: boolean }) {
  const [seen] = clip.seenBefore ?? [];
  const told = seen !== undefined && clip.state === 'candidate' && !isExported;
  return (
    <>
      {clip.foundBy === 'mark' && (
        <span className="origin yours">
          <Icon name="flag" />
          {strings.desk.marks.yours}
        </span>
      )}
      {clip.foundBy === 'coldOpen' && <span className="origin">{strings.desk.coldOpen}</span>}
      {told && <span className="origin">{strings.desk.seen[seen.kind]}</span>}
    </>
  );
}

function State({ clip, isExported }: { readonly clip: Clip; readonly isExported: boolean }) {
  const text = isExported ? strings.episode.exported : strings.episode.state[clip.state];
  if (text === '') return null;
  return (
    <span className={clip.state === 'rejected' ? 'st' : 'st kept'}>
      <Icon name={isExported ? 'export' : clip.state === 'rejected' ? 'close' : 'check'} />
      {text}
    </span>
  );
}
