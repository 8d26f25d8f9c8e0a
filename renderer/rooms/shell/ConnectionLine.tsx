import { useIn } from '../../appContext.ts';
import { strings } from '../../strings.ts';
import './shell.css';

export function ConnectionLine() {
  const isConnected = useIn('connection', (state) => state.isConnected);
  if (isConnected) return null;
  return (
    <p className="connection" role="status">
      <span className="pulse" aria-hidden="true" />
      {strings.connectionLost}
    </p>
  );
}
