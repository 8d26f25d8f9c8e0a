import { useApp, useIn } from '../../appContext.ts';
import type { Arrival } from '../../stores/arrivals.ts';
import type { Trouble } from '../../stores/troubles.ts';
import { percent } from '../../selectors/stageTrack.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';
import { Say } from '../../ui/Say.tsx';

/** What was refused, until somebody has dealt with it, and what is being copied. */
export function Troubles() {
  const { stores } = useApp();
  const troubles = useIn('troubles', (state) => state.troubles);
  const arrivals = useIn('arrivals', (state) => state.arrivals);
  if (troubles.length === 0 && arrivals.length === 0) return null;
  return (
    <section className="troubles scroll" aria-label={strings.troubles}>
      {arrivals.map((arrival) => (
        <ArrivalCard key={arrival.id} arrival={arrival} />
      ))}
      {troubles.map((trouble) => (
        <TroubleCard
          key={trouble.id}
          trouble={trouble}
          onDismiss={() => {
            stores.troubles.getState().dismiss(trouble.id);
          }}
        />
      ))}
    </section>
  );
}

function TroubleCard({ trouble, onDismiss }: { readonly trouble: Trouble; readonly onDismiss: () => void }) {
  const { error, subject, acts } = trouble;
  const buttons = (
    <>
      {acts.map(({ label, run }) => (
        <button
          key={label}
          type="button"
          className="btn edge small"
          onClick={() => {
            onDismiss();
            run();
          }}
        >
          {label}
        </button>
      ))}
      <button type="button" className="btn plain small" onClick={onDismiss}>
        {strings.acts.dismiss}
      </button>
    </>
  );
  return (
    <Say tone="bad" title={error.title} acts={buttons}>
      {subject !== '' && <p className="subject cut">{subject}</p>}
      <p>{error.hint}</p>
      {error.detail !== '' && <p className="detail">{error.detail}</p>}
    </Say>
  );
}

function ArrivalCard({ arrival }: { readonly arrival: Arrival }) {
  return (
    <article className="arrival">
      <p className="arrival-top">
        <b className="cut">{strings.drop.arriving(arrival.name)}</b>
        <span className="num dim">{percent(arrival.share)}</span>
        <button
          type="button"
          className="btn plain icon small"
          aria-label={strings.acts.cancel}
          onClick={arrival.cancel}
        >
          <Icon name="close" />
        </button>
      </p>
      <div
        className="bar go"
        role="progressbar"
        aria-valuenow={Math.round(arrival.share * 100)}
        aria-label={arrival.name}
      >
        <i style={{ width: `${arrival.share * 100}%` }} />
      </div>
    </article>
  );
}
