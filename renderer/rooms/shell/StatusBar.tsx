import { useApp, useIn } from '../../appContext.ts';
import { failedJobs } from '../../selectors/jobs.ts';
import { statusNews } from '../../selectors/statusBar.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';
import { RoomLink } from './RoomLink.tsx';

/** What runs, what stands still and why, and what needs a person. It lies in the top bar's own height, and is gone while all is quiet. */
export function StatusBar() {
  const status = useIn('queue', (state) => state.status);
  const jobs = useIn('queue', (state) => state.jobs);
  const memory = useIn('memory', (state) => state.memory);
  if (status === null) return null;
  const news = statusNews({
    status,
    running: status.running.flatMap(({ id }) => jobs[id] ?? []).filter(({ state }) => state === 'processing'),
    failures: failedJobs(jobs, memory?.dismissedJobIds ?? []).length,
    noticesReadMs: memory?.noticesReadMs ?? 0,
  });
  if (news === undefined) return null;
  const { work, waiting, pause, review, failures, notice } = news;
  const isBusy = [work, waiting, pause, review, failures].some((part) => part !== undefined);
  return (
    <section className="status" aria-label={strings.pill.label}>
      {notice !== undefined && <Notice text={notice.text} atMs={notice.atMs} />}
      {isBusy && (
        <RoomLink to={{ room: 'queue' }} className="pill">
          {work !== undefined && (
            <span>
              <i
                className="ring"
                style={{ '--p': `${work.share * 100}%` } as Record<string, string>}
                aria-hidden="true"
              />
              <b>{work.what}</b>
              {work.left !== undefined && <span className="dim num">{work.left}</span>}
            </span>
          )}
          {pause !== undefined && (
            <span className="held">
              <Icon name="pause" />
              {pause}
            </span>
          )}
          {review !== undefined && <span className="aside">{review}</span>}
          {waiting !== undefined && <span className="num">{waiting}</span>}
          {failures !== undefined && (
            <span className="warn">
              <Icon name="warn" />
              {failures}
            </span>
          )}
        </RoomLink>
      )}
    </section>
  );
}

function Notice({ text, atMs }: { readonly text: string; readonly atMs: number }) {
  const { stores } = useApp();
  const dismiss = (): void => {
    void stores.troubles.getState().attempt(() => stores.memory.getState().remember({ noticesReadMs: atMs }));
  };
  return (
    <p className="notice">
      <Icon name="shield" />
      <span className="cut" title={text}>
        {text}
      </span>
      <button
        type="button"
        className="btn plain icon small"
        aria-label={strings.acts.dismiss}
        onClick={dismiss}
      >
        <Icon name="close" />
      </button>
    </p>
  );
}
