import { useEffect } from 'react';
import { useApp, useIn } from '../../appContext.ts';
import { strings } from '../../strings.ts';
import { Cover } from '../../ui/Cover.tsx';
import { FailureCard } from '../queue/FailureCard.tsx';
import { StatusBar } from '../shell/StatusBar.tsx';
import { Working } from './Working.tsx';

/** A file that has no episode yet; as soon as there is one, its own page takes over. */
export function WorkRoom({ jobId }: { readonly jobId: number }) {
  const { stores } = useApp();
  const job = useIn('queue', (state) => state.jobs[jobId]);
  const isDismissed = useIn('memory', ({ memory }) => memory?.dismissedJobIds.includes(jobId) ?? false);
  useEffect(() => {
    stores.queue
      .getState()
      .find(jobId)
      .catch(() => {
        stores.place.getState().moveOn({ room: 'library' });
      });
  }, [stores, jobId]);
  const episodeId = job?.episodeId ?? null;
  const isOver = job?.state === 'cancelled' || (job?.state === 'failed' && isDismissed);
  useEffect(() => {
    if (episodeId !== null) stores.place.getState().moveOn({ room: 'episode', episodeId });
    else if (isOver) stores.place.getState().moveOn({ room: 'library' });
  }, [stores, episodeId, isOver]);
  if (job === undefined) return <div className="stage" />;
  return (
    <div className="stage">
      <header className="topbar">
        <div className="where">
          <Cover url={null} name={job.label} />
          <div>
            <p>{strings.working.comingIn}</p>
            <h1 className="cut">{job.label}</h1>
          </div>
        </div>
        <span className="grow" />
        <StatusBar />
      </header>
      {job.state === 'failed' ? (
        <main className="single">
          <FailureCard job={job} />
        </main>
      ) : (
        <Working job={job} />
      )}
    </div>
  );
}
