import { useApp, useIn } from '../../appContext.ts';
import { failedJobs, homelessIntakes, intakeOf } from '../../selectors/jobs.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';
import { FailureCard } from '../queue/FailureCard.tsx';
import { FileButton } from '../shell/FileButton.tsx';
import { StatusBar } from '../shell/StatusBar.tsx';
import { EpisodeRow } from './EpisodeRow.tsx';
import { IncomingRow } from './IncomingRow.tsx';
import { Resume } from './Resume.tsx';
import './library.css';

/** All episodes, newest first, with what comes in above them. */
export function LibraryRoom() {
  const { stores } = useApp();
  const episodes = useIn('library', (state) => state.episodes) ?? [];
  const jobs = useIn('queue', (state) => state.jobs);
  const dismissed = useIn('memory', ({ memory }) => memory?.dismissedJobIds ?? null) ?? [];
  const canBrowse = useIn('memory', ({ host }) => host?.kind === 'browser');
  const incoming = homelessIntakes(jobs, dismissed);
  const failures = failedJobs(jobs, dismissed).filter((job) => job.kind === 'intake');
  const next = episodes.find(
    ({ counts, episode }) => episode.state === 'ready' && counts.judged < counts.found,
  );
  return (
    <div className="stage">
      <header className="topbar">
        <h1>{strings.library.title}</h1>
        <span className="grow" />
        <StatusBar />
        {canBrowse && (
          <button type="button" className="btn edge" onClick={() => void stores.arrivals.getState().browse()}>
            <Icon name="folder" />
            {strings.firstRun.browse}
          </button>
        )}
        <FileButton className="btn primary file">
          <Icon name="add" />
          {strings.library.add}
        </FileButton>
      </header>
      <main className="lib-main scroll">
        {next !== undefined && <Resume overview={next} />}
        {failures.length > 0 && (
          <section className="lib-failures" aria-label={strings.queue.needsYou}>
            {failures.map((job) => (
              <FailureCard key={job.id} job={job} />
            ))}
          </section>
        )}
        <div className="cols dim" aria-hidden="true">
          <span>{strings.library.episodes}</span>
          <span>{strings.library.moments}</span>
          <span>{strings.library.length}</span>
          <span>{strings.library.clips}</span>
          <span>{strings.library.added}</span>
        </div>
        <ul className="eps" aria-label={strings.library.episodes}>
          {incoming
            .filter((job) => job.state !== 'failed')
            .map((job) => (
              <IncomingRow key={job.id} job={job} />
            ))}
          {episodes.map((overview) => (
            <EpisodeRow
              key={overview.episode.id}
              overview={overview}
              intake={intakeOf(jobs, overview.episode.id)}
            />
          ))}
        </ul>
        <FileButton className="drop" label={strings.drop.row}>
          <Icon name="add" />
          <span>
            <b>{strings.drop.row}</b>
            <span className="dim">{strings.drop.rowWhat}</span>
          </span>
        </FileButton>
      </main>
    </div>
  );
}
