import type { Job } from '../../../main/domain/job.ts';
import { useApp } from '../../appContext.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';

/** What a person can do to a job wherever it is shown: pause or resume it, or give it up. */
export function JobActs({ job, isSmall = false }: { readonly job: Job; readonly isSmall?: boolean }) {
  const { stores } = useApp();
  const act = (name: 'pause' | 'resume' | 'cancel') => () =>
    void stores.troubles.getState().attempt(() => stores.queue.getState().act(name, job.id));
  const isPaused = job.state === 'paused';
  const size = isSmall ? ' small' : '';
  return (
    <div className="acts-row">
      <button type="button" className={`btn edge${size}`} onClick={act(isPaused ? 'resume' : 'pause')}>
        <Icon name={isPaused ? 'play' : 'pause'} />
        {isPaused ? strings.acts.resume : strings.acts.pause}
      </button>
      <button type="button" className={`btn plain${size}`} onClick={act('cancel')}>
        {strings.acts.cancel}
      </button>
    </div>
  );
}
