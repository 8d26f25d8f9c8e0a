import { useState, type DragEvent } from 'react';
import type { Job, Lane } from '../../../main/domain/job.ts';
import { useApp, useIn } from '../../appContext.ts';
import { ordinal } from '../../selectors/numbers.ts';
import { countWords, laneView, pauseOf } from '../../selectors/queue.ts';
import { PAGE, type WaitingPage } from '../../stores/queue.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';
import { JobRow } from './JobRow.tsx';

/** One lane: what runs, what waits in its order, and the rest a page at a time. */
export function LaneList({ lane }: { readonly lane: Lane }) {
  const status = useIn('queue', (state) => state.status);
  const jobs = useIn('queue', (state) => state.jobs);
  const page = useIn('queue', (state) => state.pages[lane]);
  const [name, about] = strings.queue.lanes[lane];
  const { running, waiting, more } = laneView(status, jobs, lane);
  const counts = status?.lanes[lane];
  return (
    <section className="lane" aria-label={name}>
      <header>
        <h2>{name}</h2>
        <span className="dim">{about}</span>
        <span className="grow" />
        {counts !== undefined && counts.processing + counts.pending + counts.paused > 0 && (
          <span className="num dim">{countWords(counts)}</span>
        )}
        {lane !== 'review' && <PauseLane lane={lane} name={name} />}
      </header>
      {page === undefined ? (
        <Line lane={lane} running={running} waiting={waiting} more={more} />
      ) : (
        <Page lane={lane} page={page} all={counts?.pending ?? 0} />
      )}
    </section>
  );
}

function PauseLane({ lane, name }: { readonly lane: Lane; readonly name: string }) {
  const { stores } = useApp();
  const isPaused = useIn('queue', ({ status }) => pauseOf(status, lane) !== undefined);
  const { pauseLane, resumeLane } = stores.queue.getState();
  const act = isPaused ? resumeLane : pauseLane;
  return (
    <button
      type="button"
      className={isPaused ? 'btn edge small' : 'btn plain small'}
      onClick={() => void stores.troubles.getState().attempt(() => act(lane))}
    >
      <Icon name={isPaused ? 'play' : 'pause'} />
      {isPaused ? strings.queue.resumeLane(name) : strings.queue.pauseLane(name)}
    </button>
  );
}

interface LineProps {
  readonly lane: Lane;
  readonly running: readonly Job[];
  readonly waiting: readonly Job[];
  readonly more: number;
}

function Line({ lane, running, waiting, more }: LineProps) {
  const { stores } = useApp();
  const { heldId, overId, hold, over, drop } = useDragging(waiting);
  const moveTo = useMove(waiting, more);
  const firstWaiting = waiting.find((job) => job.state === 'pending' && job.runAtMs === null);
  if (running.length + waiting.length + more === 0) return null;
  return (
    <>
      <ul aria-label={strings.queue.jobs}>
        {[...running, ...waiting].map((job) => (
          <JobRow
            key={job.id}
            job={job}
            isNext={job === firstWaiting}
            place={{
              isHeld: job.id === heldId,
              isOver: job.id === overId,
              onHold: hold(job),
              onOver: over(job),
              onDrop: drop(job),
              onKey: moveTo(job),
            }}
          />
        ))}
      </ul>
      {more > 0 && (
        <button
          type="button"
          className="btn plain small more"
          onClick={() =>
            void stores.troubles.getState().attempt(() => stores.queue.getState().turnPage(lane, 'first'))
          }
        >
          {strings.queue.more(more)}
        </button>
      )}
    </>
  );
}

/** Moves a job by key among those that are listed; null for a key that moves nothing. */
function useMove(waiting: readonly Job[], more: number) {
  const { stores } = useApp();
  return (job: Job) => (key: string) => {
    const at = waiting.indexOf(job);
    const last = waiting.length - 1;
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: last }[key];
    if (to === undefined || to === at || to < 0 || to > last) return false;
    const before = to < at ? waiting[to] : waiting[to + 1];
    // The last of the list is not the last in line while more wait behind it.
    if (before === undefined && more > 0) return false;
    void stores.troubles.getState().attempt(async () => {
      await stores.queue.getState().move(job.id, before?.id ?? null);
      stores.announcements
        .getState()
        .say(strings.queue.moved(job.label, ordinal(to + 1), waiting.length + more));
    });
    return true;
  };
}

/** Dragging a waiting job onto another one puts it before that one. */
function useDragging(waiting: readonly Job[]) {
  const { stores } = useApp();
  const [heldId, setHeldId] = useState<number | null>(null);
  const [overId, setOverId] = useState<number | null>(null);
  const isMine = (job: Job): boolean =>
    heldId !== null && job.id !== heldId && waiting.some(({ id }) => id === job.id);
  return {
    heldId,
    overId,
    hold: (job: Job) => (event: DragEvent | null) => {
      setOverId(null);
      setHeldId(event === null ? null : job.id);
      if (event === null) return;
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', job.label);
    },
    over: (job: Job) => (event: DragEvent) => {
      if (!isMine(job)) return;
      event.preventDefault();
      setOverId(job.id);
    },
    drop: (job: Job) => (event: DragEvent) => {
      if (!isMine(job) || heldId === null) return;
      event.preventDefault();
      const held = heldId;
      setHeldId(null);
      setOverId(null);
      void stores.troubles.getState().attempt(() => stores.queue.getState().move(held, job.id));
    },
  };
}

interface PageProps {
  readonly lane: Lane;
  readonly page: WaitingPage;
  readonly all: number;
}

/** Jobs further back, by number: they can be looked at, made more urgent, paused and cancelled. */
function Page({ lane, page, all }: PageProps) {
  const { stores } = useApp();
  const { turnPage, closePage } = stores.queue.getState();
  const turn = (to: 'earlier' | 'later') => () =>
    void stores.troubles.getState().attempt(() => turnPage(lane, to));
  const from = (page.begins.length - 1) * PAGE;
  const words = strings.queue.page;
  return (
    <>
      {page.jobs.length === 0 ? (
        <p className="dim page-none">{words.none}</p>
      ) : (
        <ul aria-label={strings.queue.jobs}>
          {page.jobs.map((job) => (
            <JobRow key={job.id} job={job} isNext={false} />
          ))}
        </ul>
      )}
      <nav className="page" aria-label={words.title(from + 1, from + page.jobs.length, all)}>
        <button
          type="button"
          className="btn plain small"
          onClick={() => {
            closePage(lane);
          }}
        >
          {words.close}
        </button>
        <span className="grow" />
        <span className="dim num">{words.title(from + 1, from + page.jobs.length, all)}</span>
        <button
          type="button"
          className="btn edge small"
          disabled={page.begins.length === 1}
          onClick={turn('earlier')}
        >
          {words.earlier}
        </button>
        <button
          type="button"
          className="btn edge small"
          disabled={page.jobs.length < PAGE}
          onClick={turn('later')}
        >
          {words.later}
        </button>
      </nav>
    </>
  );
}
