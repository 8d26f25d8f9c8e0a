import type { Job } from '../../../main/domain/job.ts';
import { strings } from '../../strings.ts';
import { Cover } from '../../ui/Cover.tsx';
import { RoomLink } from '../shell/RoomLink.tsx';
import { Progress } from './Progress.tsx';

/** A file that is not an episode yet. */
export function IncomingRow({ job }: { readonly job: Job }) {
  return (
    <li>
      <RoomLink to={{ room: 'work', jobId: job.id }} className="ep">
        <Cover url={null} name={job.label} />
        <span className="ep-name">
          <b className="cut">{job.label}</b>
          <small className="dim">{strings.working.comingIn}</small>
        </span>
        <span className="ep-tape" />
        <span className="ep-dur" />
        <Progress job={job} />
        <span className="ep-when" />
      </RoomLink>
    </li>
  );
}
