import type { MouseEvent, ReactNode } from 'react';
import { useApp } from '../../appContext.ts';
import { pathOf, type Place } from '../../selectors/place.ts';

interface RoomLinkProps {
  readonly to: Place;
  readonly className?: string;
  readonly isCurrent?: boolean;
  readonly children: ReactNode;
  readonly label?: string;
}

/** A link within the window: a real address, so that it can be opened, copied and gone back from. */
export function RoomLink({ to, className, isCurrent = false, children, label }: RoomLinkProps) {
  const { stores } = useApp();
  const follow = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    stores.place.getState().go(to);
  };
  return (
    <a
      href={pathOf(to)}
      className={className}
      aria-current={isCurrent ? 'page' : undefined}
      aria-label={label}
      onClick={follow}
      draggable={false}
    >
      {children}
    </a>
  );
}
