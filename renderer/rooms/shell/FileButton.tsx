import type { ReactNode } from 'react';
import { useApp } from '../../appContext.ts';
import { strings } from '../../strings.ts';

interface FileButtonProps {
  readonly className: string;
  readonly label?: string;
  readonly children: ReactNode;
}

/** Chooses files with the system's own dialog: by click, by Enter, and by name for those who do not see it. */
export function FileButton({ className, label, children }: FileButtonProps) {
  const { stores } = useApp();
  return (
    <label className={className}>
      <input
        className="sr"
        type="file"
        multiple
        aria-label={label ?? strings.firstRun.addEpisodes}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.click();
        }}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          if (files.length > 0) void stores.arrivals.getState().receive(files);
        }}
      />
      {children}
    </label>
  );
}
