import { Lane } from '../../../main/domain/job.ts';
import { useApp, useIn } from '../../appContext.ts';
import { lengthInWords } from '../../selectors/numbers.ts';
import { countWords, leftovers, pauseOf } from '../../selectors/queue.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';
import { Say } from '../../ui/Say.tsx';
import { LaneList } from './LaneList.tsx';
import { ProductionCard } from './ProductionCard.tsx';
import { Side } from './Side.tsx';
import './queue.css';

/** What runs, what waits, and what needs a person. */
export function QueueRoom() {
  return (
    <div className="stage">
      <TopBar />
      <main className="queue">
        <div className="q-main scroll">
          <Waiting />
          <ProductionCard />
          {Lane.options.map((lane) => (
            <LaneList key={lane} lane={lane} />
          ))}
        </div>
        <Side />
      </main>
    </div>
  );
}

function TopBar() {
  const { stores } = useApp();
  const status = useIn('queue', (state) => state.status);
  const isPaused = pauseOf(status, 'all') !== undefined;
  const { pauseAll, resumeAll } = stores.queue.getState();
  return (
    <header className="topbar">
      <h1>{strings.queue.title}</h1>
      <span className="dim num cut">{status === null ? '' : countWords(status.counts)}</span>
      <span className="grow" />
      {status?.etaS !== null && status?.etaS !== undefined && !isPaused && (
        <span className="dim num all-done">{strings.queue.allDone(lengthInWords(status.etaS))}</span>
      )}
      <button
        type="button"
        className={isPaused ? 'btn primary' : 'btn edge'}
        onClick={() => void stores.troubles.getState().attempt(isPaused ? resumeAll : pauseAll)}
      >
        <Icon name={isPaused ? 'play' : 'pause'} />
        {isPaused ? strings.queue.resumeAll : strings.queue.pauseAll}
      </button>
    </header>
  );
}

/** What waits for a person, or for the mains. */
function Waiting() {
  const { stores } = useApp();
  const status = useIn('queue', (state) => state.status);
  const left = leftovers(status);
  const onBattery = (status?.pauses ?? []).filter(({ because }) => because === 'battery');
  const isDiskLow = (status?.pauses ?? []).some(({ because }) => because === 'disk-low');
  const { battery, diskLow, left: words, lanes } = strings.queue;
  const isAll = status !== null && status.waiting.length === status.counts.pending + status.counts.paused;
  return (
    <>
      {left.length > 0 && (
        <Say
          tone="wait"
          icon="retry"
          title={words.title(left.length, isAll)}
          acts={
            <button
              type="button"
              className="btn edge small"
              onClick={() => void stores.troubles.getState().attempt(stores.queue.getState().resumeLeftovers)}
            >
              <Icon name="play" />
              {words.resume}
            </button>
          }
        >
          <p>{words.what}</p>
        </Say>
      )}
      {isDiskLow && (
        <Say tone="wait" title={diskLow.title}>
          <p>{diskLow.what}</p>
        </Say>
      )}
      {onBattery.map(({ scope }) => (
        <Say
          key={scope}
          tone="wait"
          title={battery.title(scope === 'all' ? battery.everything : lanes[scope][0])}
        >
          <p>{battery.what}</p>
        </Say>
      ))}
    </>
  );
}
