import type { CSSProperties } from 'react';

export interface Step {
  readonly name: string;
  readonly state: 'done' | 'now' | 'waiting';
  readonly share: number;
}

/** The stages of a job by name, not a list, so that a list of jobs has one item a job; the running one is wider and carries its share. */
export function StageTrack({ steps, label }: { readonly steps: readonly Step[]; readonly label: string }) {
  return (
    <div className="steps" role="group" aria-label={label}>
      {steps.map((step) => (
        <div
          key={step.name}
          className={step.state}
          data-state={step.state}
          aria-current={step.state === 'now' ? 'step' : undefined}
        >
          <i>
            <b style={{ width: `${step.share * 100}%` } satisfies CSSProperties} />
          </i>
          <span>{step.name}</span>
        </div>
      ))}
    </div>
  );
}
