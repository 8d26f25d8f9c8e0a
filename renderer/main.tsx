import './client/withoutEval.ts';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { AppContext } from './appContext.ts';
import { browserTransport } from './client/browserTransport.ts';
import { createClient } from './client/client.ts';
import { electronTransport } from './client/electronTransport.ts';
import { createStores, start } from './stores/app.ts';
import type { Addresses } from './stores/place.ts';
import './ui/tokens.css';
import './ui/components.css';
import './ui/parts.css';

const addresses: Addresses = {
  read: () => location.pathname,
  push: (path) => {
    history.pushState(null, '', path);
  },
  replace: (path) => {
    history.replaceState(null, '', path);
  },
  onBack: (listener) => {
    addEventListener('popstate', listener);
  },
};

const { soundbite } = window;
const client = createClient(soundbite === undefined ? browserTransport() : electronTransport(soundbite));
const stores = createStores(client, addresses);
const root = document.getElementById('root');
if (root === null) throw new Error('the page has no place for the window');
createRoot(root).render(
  <AppContext value={{ client, stores }}>
    <App />
  </AppContext>,
);
void start(client, stores);
