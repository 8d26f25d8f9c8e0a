import { createContext, useContext, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { Client } from './client/client.ts';
import type { Stores } from './stores/app.ts';

export interface AppParts {
  readonly client: Client;
  readonly stores: Stores;
}

export const AppContext = createContext<AppParts | null>(null);

export function useApp(): AppParts {
  const parts = useContext(AppContext);
  if (parts === null) throw new Error('this part of the window stands outside of it');
  return parts;
}

type StateOf<Name extends keyof Stores> = ReturnType<Stores[Name]['getState']>;

/** Reads one store; what the selector answers is compared by identity. */
export function useIn<Name extends keyof Stores, Value>(
  name: Name,
  selector: (state: StateOf<Name>) => Value,
): Value {
  const { stores } = useApp();
  return useStore(
    stores[name] as unknown as Parameters<typeof useStore>[0],
    selector as (state: unknown) => unknown,
  ) as Value;
}

const systemIsLight = matchMedia('(prefers-color-scheme: light)');

function onSystemTheme(listener: () => void): () => void {
  systemIsLight.addEventListener('change', listener);
  return () => {
    systemIsLight.removeEventListener('change', listener);
  };
}

/** Whether the window is dark or light now: what a person chose, else what the system says. */
export function useTheme(): 'dark' | 'light' {
  const chosen = useIn('memory', ({ memory }) => memory?.theme ?? null);
  const isLight = useSyncExternalStore(onSystemTheme, () => systemIsLight.matches);
  return chosen ?? (isLight ? 'light' : 'dark');
}
