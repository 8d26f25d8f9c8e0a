import { WindowMemory, type windowCalls } from '../contract/window.ts';
import type { Engine } from '../engine/createEngine.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

const SETTING = 'window';
const FRESH: WindowMemory = {
  theme: null,
  place: '/',
  dismissedJobIds: [],
  noticesReadMs: 0,
  exportFolder: null,
  presets: ['reels'],
};

/** What an older or newer version wrote and this one cannot read counts as never remembered. */
function recall(engine: Engine): WindowMemory {
  const stored = WindowMemory.partial().safeParse(engine.storedSettings.readAll()[SETTING]);
  const known = Object.entries(stored.success ? stored.data : {}).filter(([, value]) => value !== undefined);
  return { ...FRESH, ...Object.fromEntries(known) };
}

export function windowHandlers(open: OpenEngine): HandlersOf<keyof typeof windowCalls> {
  return {
    'window.recall': async () => recall(await open()),
    'window.remember': async (change) => {
      const engine = await open();
      return engine.library.write(() => {
        const known = Object.entries(change).filter(([, value]) => value !== undefined);
        const memory: WindowMemory = { ...recall(engine), ...Object.fromEntries(known) };
        engine.storedSettings.save(SETTING, memory);
        return memory;
      });
    },
  };
}
