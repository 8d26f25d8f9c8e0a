import { useEffect, useState } from 'react';
import type { ProductionStatus } from '../../../main/domain/production.ts';
import type { Job } from '../../../main/domain/job.ts';
import { useApp, useIn } from '../../appContext.ts';
import { timeOfDay, wholeLength } from '../../selectors/numbers.ts';
import { laneView, pauseOf, reviewWords, timeLeft } from '../../selectors/queue.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';

const LOOK_AGAIN_MS = 15_000;

/** The time of day for words like "in 2 h"; it moves a few times a minute. */
function useNowMs(): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNowMs(Date.now());
    }, LOOK_AGAIN_MS);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return nowMs;
}

/** What runs in sum; who produces; and what that means for background review, with a person's say over it. */
export function ProductionCard() {
  const status = useIn('queue', (state) => state.status);
  const jobs = useIn('queue', (state) => state.jobs);
  const nowMs = useNowMs();
  const running = (['production', 'intake', 'review', 'upkeep'] as const).flatMap(
    (lane) => laneView(status, jobs, lane).running,
  );
  const isPaused = pauseOf(status, 'all') !== undefined;
  const left = timeLeft(status, running);
  const production = status?.production;
  const [first] = production?.productionInfo ?? [];
  const facts = [
    ...(left === undefined || running.length === 0 ? [] : [left]),
    ...(first === undefined ? [] : [strings.queue.production.started(timeOfDay(first.startedAtMs))]),
  ];
  return (
    <section className="stand" aria-label={strings.queue.production.label}>
      <div className="stand-now">
        {running.length > 0 && <Ring running={running} />}
        <div>
          <h2>{titleOf(running, isPaused, production?.productionInfo.length ?? 0)}</h2>
          <p className="mid num">
            {isPaused && running.length === 0
              ? strings.queue.pausedWhat
              : facts.length > 0
                ? facts.join(', ')
                : strings.queue.emptyWhat}
          </p>
        </div>
      </div>
      {production !== undefined && <Review production={production} nowMs={nowMs} />}
      {production !== undefined && production.productionInfo.length > 0 && (
        <Holds holds={production.productionInfo} nowMs={nowMs} />
      )}
    </section>
  );
}

function Ring({ running }: { readonly running: readonly Job[] }) {
  const share = running.reduce((sum, job) => sum + job.progress, 0) / running.length;
  return (
    <i
      className="ring big"
      style={{ '--p': `${share * 100}%` } as Record<string, string>}
      aria-hidden="true"
    />
  );
}

function titleOf(running: readonly Job[], isPaused: boolean, exports: number): string {
  const [first] = running;
  if (first === undefined) return isPaused ? strings.queue.pausedTitle : strings.queue.empty;
  if (exports > 0) return strings.queue.production.exporting(exports);
  return strings.stageNow[first.stage ?? ''] ?? strings.pill.other;
}

interface ReviewProps {
  readonly production: ProductionStatus;
  readonly nowMs: number;
}

function Review({ production, nowMs }: ReviewProps) {
  const { stores } = useApp();
  const isLanePaused = useIn('queue', ({ status }) => pauseOf(status, 'review') !== undefined);
  const { title, then, facts } = reviewWords(production, nowMs);
  const { review } = strings.queue;
  const isAside = production.reviewPaused || isLanePaused;
  // With nothing to follow, following and resuming come to the same.
  const mayFollow =
    production.override === 'running' || (production.override === 'paused' && production.productionActive);
  const { pauseReview, resumeReview, followProduction } = stores.queue.getState();
  const attempt = (act: () => Promise<void>) => () => void stores.troubles.getState().attempt(act);
  return (
    <>
      <div className="stand-note">
        <p>
          <b>{isLanePaused && !production.reviewPaused ? review.paused : title}</b> {then}
        </p>
        {facts.length > 0 && <p className="dim num">{facts.join(' ')}</p>}
      </div>
      <div className="stand-acts">
        {mayFollow && (
          <button type="button" className="btn plain" onClick={attempt(followProduction)}>
            {review.follow}
          </button>
        )}
        <button type="button" className="btn edge" onClick={attempt(isAside ? resumeReview : pauseReview)}>
          <Icon name={isAside ? 'play' : 'pause'} />
          {isAside ? review.resume : review.pause}
        </button>
      </div>
    </>
  );
}

interface HoldsProps {
  readonly holds: ProductionStatus['productionInfo'];
  readonly nowMs: number;
}

/** Each export that holds review back. */
function Holds({ holds, nowMs }: HoldsProps) {
  const { production } = strings.queue;
  return (
    <dl className="holds">
      {holds.map((hold) => (
        <div key={hold.token}>
          <dt className="cut">{hold.label}</dt>
          <dd className="dim num">
            {production.hold(
              timeOfDay(hold.startedAtMs),
              wholeLength(Math.max(0, hold.expiresAtMs - nowMs) / 1000),
            )}
          </dd>
          {hold.level !== 'all' && <dd className="dim">{production.levels[hold.level]}</dd>}
        </div>
      ))}
    </dl>
  );
}
