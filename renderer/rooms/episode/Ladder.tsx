import type { Clip, Rung } from '../../../main/domain/clip.ts';
import { formatClock } from '../../../main/domain/time.ts';
import { useApp } from '../../appContext.ts';
import { lengthInWords, wholeScore } from '../../selectors/numbers.ts';
import { fitsIn, platformsOf } from '../../selectors/platforms.ts';
import { strings } from '../../strings.ts';
import { rungsOf } from './rungs.ts';

const MINUTE_S = 60;
const lengthOf = ({ durationS }: Rung): string =>
  durationS < MINUTE_S ? lengthInWords(Math.round(durationS)) : formatClock(Math.round(durationS));

/** Several whole-sentence ends, each with its length, what the clip would score, and who takes that length. */
export function Ladder({ clip }: { readonly clip: Clip }) {
  const { stores } = useApp();
  const { point, takeRung } = stores.desk.getState();
  const { ladder: words } = strings.desk;
  const rungs = rungsOf(clip);
  if (rungs.length < 2) return null;
  return (
    <section className="ladder" aria-label={words.label}>
      <h3 className="sect">{words.label}</h3>
      <ul>
        {rungs.map((rung) => {
          const isNow = rung.outS === clip.outS;
          const length = lengthOf(rung);
          const lookAway = (): void => {
            point(null);
          };
          const lookAt = (): void => {
            point({ fromS: clip.inS, toS: rung.outS });
          };
          return (
            <li key={rung.outS}>
              <button
                type="button"
                className={isNow ? 'rung on' : 'rung'}
                aria-pressed={isNow}
                aria-label={`${words.rung(length, wholeScore(rung.score))}. ${fitsIn(rung.presets)}`}
                onPointerEnter={lookAt}
                onPointerLeave={lookAway}
                onFocus={lookAt}
                onBlur={lookAway}
                onClick={() => {
                  if (!isNow) void takeRung(clip, rung);
                }}
              >
                <span className="num">
                  <b>{length}</b> {wholeScore(rung.score)}
                </span>
                <small>{platformsOf(rung.presets)}</small>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
