import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons.tsx';

interface SayProps {
  readonly tone: 'know' | 'wait' | 'bad';
  readonly title: string;
  readonly children?: ReactNode;
  readonly acts?: ReactNode;
  readonly icon?: IconName;
}

/** A word from the program: what happened, what is safe, what to do. */
export function Say({ tone, title, children, acts, icon }: SayProps) {
  const className = tone === 'know' ? 'say' : `say ${tone}`;
  return (
    <div className={className} role={tone === 'bad' ? 'alert' : 'note'}>
      <p className="say-top">
        <Icon name={icon ?? (tone === 'know' ? 'words' : 'warn')} />
        <b>{title}</b>
      </p>
      {children}
      {acts !== undefined && <div className="acts-row">{acts}</div>}
    </div>
  );
}
