import type { ReactNode } from 'react';

const drawn = {
  add: <path d="M8 3v10M3 8h10" />,
  arrow: <path d="M2.8 8h10M9.3 4.3L13 8l-3.7 3.7" />,
  check: <path d="M3 8.6l3.2 3.2L13 4.9" />,
  clips: <path d="M2 8h.01M4.4 6v4M7 3v10M9.6 5.5v5M12 4.5v7M14.3 7v2" />,
  close: <path d="M4 4l8 8M12 4l-8 8" />,
  download: (
    <>
      <path d="M8 2.5V10M5 7.3l3 3 3-3" />
      <path d="M3 10.5v1.7c0 .7.6 1.3 1.3 1.3h7.4c.7 0 1.3-.6 1.3-1.3v-1.7" />
    </>
  ),
  export: (
    <>
      <path d="M8 10V2.5M5 5.3l3-3 3 3" />
      <path d="M3 8.5v3.7c0 .7.6 1.3 1.3 1.3h7.4c.7 0 1.3-.6 1.3-1.3V8.5" />
    </>
  ),
  file: (
    <>
      <path d="M4 2.5h5l3 3v8H4z" />
      <path d="M9 2.5v3h3" />
    </>
  ),
  flag: <path d="M4 14V2.8h7.6L9.8 5.6l1.8 2.8H4" />,
  folder: (
    <path d="M2 4.6c0-.7.6-1.3 1.3-1.3h2.9l1.5 1.7h5c.7 0 1.3.6 1.3 1.3v5.1c0 .7-.6 1.3-1.3 1.3H3.3c-.7 0-1.3-.6-1.3-1.3z" />
  ),
  freeze: <path d="M8 2v12M2.8 5l10.4 6M13.2 5L2.8 11" />,
  grip: <path d="M6 4h.01M10 4h.01M6 8h.01M10 8h.01M6 12h.01M10 12h.01" />,
  keyboard: (
    <>
      <rect x="2" y="4" width="12" height="8" rx="1.3" />
      <path d="M4.7 7h.01M7 7h.01M9.3 7h.01M11.5 7h.01M5.5 9.6h5" />
    </>
  ),
  less: <path d="M3.5 8h9" />,
  library: (
    <>
      <rect x="2.5" y="3" width="3" height="10" rx="0.8" />
      <rect x="7" y="3" width="3" height="10" rx="0.8" />
      <path d="M11.4 4.1l2.2-.6 2 9-2.2.5z" transform="translate(-.9 0)" />
    </>
  ),
  lock: (
    <>
      <rect x="3.5" y="7" width="9" height="6.5" rx="1.3" />
      <path d="M5.5 7V5.2a2.5 2.5 0 015 0V7" />
    </>
  ),
  pause: (
    <>
      <rect x="4" y="3" width="2.8" height="10" rx=".8" />
      <rect x="9.2" y="3" width="2.8" height="10" rx=".8" />
    </>
  ),
  queue: (
    <>
      <path d="M2.5 4h11M2.5 8h7M2.5 12h4.5" />
      <path d="M11.1 9.8v4.2l3-2.1z" />
    </>
  ),
  redo: <path d="M10.3 2.8L13.4 6l-3.1 3.2M13 6H6.6a3.6 3.6 0 000 7.2H9" />,
  retry: (
    <>
      <path d="M13.2 8a5.2 5.2 0 11-1.7-3.9" />
      <path d="M13.3 2.2v2.6h-2.6" />
    </>
  ),
  search: (
    <>
      <circle cx="7" cy="7" r="4.2" />
      <path d="M10.2 10.2l3.3 3.3" />
    </>
  ),
  settings: (
    <>
      <path d="M2.5 4.5h6M12 4.5h1.5M2.5 11.5H4M7.5 11.5h6" />
      <circle cx="10.2" cy="4.5" r="1.7" />
      <circle cx="5.7" cy="11.5" r="1.7" />
    </>
  ),
  shield: <path d="M8 2.2l5 1.8v3.7c0 3-2 5-5 6.3-3-1.3-5-3.3-5-6.3V4z" />,
  start: <path d="M3.5 3v10M13 3.5L6.5 8l6.5 4.5z" />,
  storage: (
    <>
      <rect x="2.5" y="3" width="11" height="4.2" rx="1" />
      <rect x="2.5" y="8.9" width="11" height="4.2" rx="1" />
      <path d="M5 5.1h.01M5 11h.01" />
    </>
  ),
  theme: (
    <>
      <circle cx="8" cy="8" r="5.2" />
      <path d="M8 2.8a5.2 5.2 0 010 10.4z" fill="currentColor" />
    </>
  ),
  undo: <path d="M5.7 2.8L2.6 6l3.1 3.2M3 6h6.4a3.6 3.6 0 010 7.2H7" />,
  up: <path d="M8 13V3.5M4.2 7.2L8 3.4l3.8 3.8" />,
  warn: (
    <>
      <path d="M8 2.6l6 10.6H2z" />
      <path d="M8 6.6v3M8 11.4h.01" />
    </>
  ),
  words: <path d="M2.5 4h11M2.5 8h11M2.5 12h6" />,
} satisfies Record<string, ReactNode>;

const filled = {
  play: <path d="M4.6 2.9v10.2c0 .4.5.7.9.5l8-5.1c.3-.2.3-.7 0-.9l-8-5.1c-.4-.3-.9 0-.9.4z" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof drawn | keyof typeof filled;

export function Icon({ name }: { readonly name: IconName }) {
  const isFilled = Object.hasOwn(filled, name);
  const shapes: Readonly<Record<string, ReactNode>> = { ...drawn, ...filled };
  return (
    <svg className={isFilled ? 'i solid' : 'i'} viewBox="0 0 16 16" aria-hidden="true">
      {shapes[name]}
    </svg>
  );
}

export function Mark({ className }: { readonly className: string }) {
  return (
    <svg viewBox="0 0 30 30" className={className} aria-hidden="true">
      <path
        fill="var(--marker)"
        d="M8 1h9.2a6.4 6.4 0 0 0 11.8 6.6V22a7 7 0 0 1-7 7H8a7 7 0 0 1-7-7V8a7 7 0 0 1 7-7z"
      />
      <path
        d="M8 13v6M13 9v14M18 12v8M23 14.5v3"
        stroke="var(--on-marker)"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
    </svg>
  );
}
