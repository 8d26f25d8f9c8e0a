import type { Clip } from '../../../main/domain/clip.ts';
import type { Fix } from '../../../main/domain/fix.ts';
import { useApp, useIn } from '../../appContext.ts';
import { signed } from '../../selectors/numbers.ts';
import { cutOf } from '../../stores/desk.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';
import { Key } from './Key.tsx';
import type { Player } from './player.ts';
import { edgeHeard, edgeProposed } from './ranges.ts';

interface FixesProps {
  readonly clip: Clip;
  readonly player: Player;
}

/** Better cuts of the clip, each heard before and after, and made in one press. */
export function Fixes({ clip, player }: FixesProps) {
  const offers = useIn('desk', (state) => state.offers);
  const { fixes: words } = strings.desk;
  if (clip.foundBy === 'ear') return null;
  const fixes = offers?.cut === cutOf(clip) ? offers.fixes : undefined;
  return (
    <section className="fixes" aria-label={words.title} aria-busy={fixes === undefined}>
      <h3 className="sect">{words.title}</h3>
      {fixes === undefined && (
        <p className="skeleton" aria-label={words.looking}>
          <i />
        </p>
      )}
      {fixes?.length === 0 && <p className="dim">{words.none}</p>}
      <ul>
        {fixes?.map((fix, at) => (
          <FixRow key={`${fix.inS} ${fix.outS}`} fix={fix} isBest={at === 0} clip={clip} player={player} />
        ))}
      </ul>
    </section>
  );
}

interface FixRowProps extends FixesProps {
  readonly fix: Fix;
  readonly isBest: boolean;
}

function FixRow({ fix, isBest, clip, player }: FixRowProps) {
  const { stores } = useApp();
  const { point, applyFix } = stores.desk.getState();
  const probe = useIn('desk', (state) => state.probe);
  const { fixes: words } = strings.desk;
  const lookAt = (): void => {
    point({ fromS: fix.inS, toS: fix.outS });
  };
  const lookAway = (): void => {
    point(null);
  };
  const isPointedAt = probe?.fromS === fix.inS && probe.toS === fix.outS;
  return (
    <li
      className={isPointedAt ? 'fix now' : 'fix'}
      onPointerEnter={lookAt}
      onPointerLeave={lookAway}
      onFocus={lookAt}
      onBlur={lookAway}
    >
      <button
        type="button"
        className="fix-act"
        aria-label={words.apply(fix.why, signed(fix.worth))}
        aria-keyshortcuts={isBest ? 'F' : undefined}
        onClick={() => void applyFix(clip, fix)}
      >
        <span>{fix.why}</span>
        <b className={fix.worth > 0 ? 'num' : 'num none'}>{signed(fix.worth)}</b>
        {isBest && <Key name="F" />}
      </button>
      <p className="hear">
        <button
          type="button"
          className="btn plain small"
          aria-label={words.hearNow(fix.why)}
          onClick={() => {
            player.play(edgeHeard(fix, clip));
          }}
        >
          <Icon name="play" />
          {words.now}
          {isBest && <Key name="B" />}
        </button>
        <button
          type="button"
          className="btn plain small"
          aria-label={words.hearThen(fix.why)}
          onClick={() => {
            player.play(edgeProposed(fix));
          }}
        >
          <Icon name="play" />
          {words.then}
          {isBest && <Key name="V" />}
        </button>
      </p>
    </li>
  );
}
