import { useIn } from '../../appContext.ts';

/** Progress for those who listen to the screen. */
export function Announcer() {
  const text = useIn('announcements', (state) => state.text);
  return (
    <p className="sr" role="status" aria-live="polite">
      {text}
    </p>
  );
}
