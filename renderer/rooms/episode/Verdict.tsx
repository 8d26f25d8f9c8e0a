import type { Clip } from '../../../main/domain/clip.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';
import type { Decision } from '../../stores/episode.ts';
import { Key } from './Key.tsx';

interface VerdictProps {
  readonly clip: Clip;
  readonly decide: (decision: Decision) => void;
}

/** Keep it or not. A verdict can always be taken back. */
export function Verdict({ clip, decide }: VerdictProps) {
  const { keep, reject, undecide } = strings.episode;
  const isKept = clip.state === 'kept' || clip.state === 'trimmed';
  const isRejected = clip.state === 'rejected';
  return (
    <>
      <button
        type="button"
        className="btn edge verdict-no"
        aria-pressed={isRejected}
        aria-keyshortcuts="X"
        onClick={() => {
          decide('reject');
        }}
      >
        {isRejected && <Icon name="close" />}
        {reject}
        <Key name="X" />
      </button>
      <button
        type="button"
        className="btn plain"
        disabled={clip.state === 'candidate'}
        aria-keyshortcuts="U"
        onClick={() => {
          decide('undecide');
        }}
      >
        {undecide}
        <Key name="U" />
      </button>
      <button
        type="button"
        className="btn primary grow"
        aria-pressed={isKept}
        aria-keyshortcuts="Y"
        onClick={() => {
          decide('keep');
        }}
      >
        {isKept && <Icon name="check" />}
        {keep}
        <Key name="Y" />
      </button>
    </>
  );
}
