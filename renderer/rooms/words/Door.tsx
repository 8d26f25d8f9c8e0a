import type { ReactNode } from 'react';
import { Icon, type IconName } from '../../ui/icons.tsx';

interface DoorProps {
  readonly name: '1' | '2' | '3';
  readonly icon: IconName;
  readonly title: string;
  readonly isOpen: boolean;
  readonly open: () => void;
  readonly children: ReactNode;
}

/** One way to words: its name is a button, and what is behind it stands below. */
export function Door({ name, icon, title, isOpen, open, children }: DoorProps) {
  return (
    <article className={`door${isOpen ? ' on' : ''}${name === '3' ? ' by-hand' : ''}`} aria-label={title}>
      <h3>
        <button type="button" data-door={name} aria-keyshortcuts={name} onClick={open}>
          <Icon name={icon} />
          <b>{title}</b>
          <kbd aria-hidden="true">{name}</kbd>
        </button>
      </h3>
      <div className="body">{children}</div>
    </article>
  );
}
