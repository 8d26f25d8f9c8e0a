import type { CSSProperties } from 'react';

export interface Step {
  readonly name: string;
  readonly state: 'done' | 'now' | 'waiting';
  readonly share: number;
}

/** The stages of a job by name; the running one is wider and carries its share. */
export function StageTrack({ steps, label }: { readonly steps: readonly Step[]; readonly label: string }) {
  return (
    <ol className="steps" aria-label={label}>
      {steps.map((step) => (
        <li
          key={step.name}
          className={step.state}
          data-state={step.state}
          aria-current={step.state === 'now' ? 'step' : undefined}
        >
          <i>
            <b style={{ width: `${step.share * 100}%` } satisfies CSSProperties} />
          </i>
          <span>{step.name}</span>
        </li>
      ))}
    </ol>
  );
}
