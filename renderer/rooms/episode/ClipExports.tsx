import { useState } from 'react';
import type { Clip } from '../../../main/domain/clip.ts';
import type { ExportedFile } from '../../../main/domain/exportedFile.ts';
import type { Job } from '../../../main/domain/job.ts';
import { formatClock } from '../../../main/domain/time.ts';
import { useApp } from '../../appContext.ts';
import { exportOrder } from '../../selectors/jobs.ts';
import { fileSize } from '../../selectors/numbers.ts';
import { percent } from '../../selectors/stageTrack.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';
import { Frame } from '../exporting/Frame.tsx';
import { FailureCard } from '../queue/FailureCard.tsx';
import { ProofSheet } from './ProofSheet.tsx';

interface ClipExportsProps {
  readonly clip: Clip;
  readonly files: readonly ExportedFile[];
  readonly underWay: readonly Job[];
}

/** What was made of a clip: files under way in their own shape, then the finished ones with their proof. */
export function ClipExports({ clip, files, underWay }: ClipExportsProps) {
  const { stores } = useApp();
  const [chosenId, setChosenId] = useState<string | null>(null);
  const newestFirst = files.toSorted((a, b) => b.exportedAtMs - a.exportedAtMs);
  const chosen = newestFirst.find((file) => file.id === chosenId) ?? newestFirst[0];
  if (files.length === 0 && underWay.length === 0) {
    return (
      <div className="empty">
        <div className="ghosts" aria-hidden="true">
          <i />
          <i />
          <i />
        </div>
        <h3>{strings.exporting.noneYet}</h3>
        <p>{strings.exporting.noneYetWhat}</p>
        <button
          type="button"
          className="btn edge"
          onClick={() => {
            stores.exporting.getState().open(clip, []);
          }}
        >
          {strings.exporting.shapes}
        </button>
      </div>
    );
  }
  const failed = underWay.filter((job) => job.state === 'failed');
  return (
    <div className="exports">
      {failed.map((job) => (
        <FailureCard key={job.id} job={job} />
      ))}
      <ul className="stills" aria-label={strings.exporting.files}>
        {underWay
          .filter((job) => job.state !== 'failed')
          .map((job) => (
            <UnderWay key={job.id} job={job} />
          ))}
        {newestFirst.map((file) => (
          <li key={file.id}>
            <button
              type="button"
              className={file === chosen ? 'still sel' : 'still'}
              aria-current={file === chosen}
              onClick={() => {
                setChosenId(file.id);
              }}
            >
              <Frame preset={file.preset} share={1} heightPx={92} />
              <b>
                {strings.presets[file.preset]}
                {file.proof.passed && <Icon name="check" />}
              </b>
              <small className="dim num">{fileSize(file.bytes)}</small>
            </button>
          </li>
        ))}
      </ul>
      {chosen !== undefined && <ProofSheet key={chosen.id} file={chosen} title={clip.title} />}
    </div>
  );
}

/** A file while it is made: its shape fills from below. */
function UnderWay({ job }: { readonly job: Job }) {
  const preset = exportOrder(job)?.preset;
  if (preset === undefined) return null;
  const isRunning = job.state === 'processing';
  return (
    <li className="still" aria-label={strings.exporting.exporting(strings.presets[preset])}>
      <Frame preset={preset} share={job.progress} heightPx={92} />
      <b>{strings.presets[preset]}</b>
      <small className="dim num">
        {isRunning ? percent(job.progress) : strings.exporting.next}
        {job.etaS !== null && isRunning && `, ${formatClock(job.etaS)}`}
      </small>
    </li>
  );
}
