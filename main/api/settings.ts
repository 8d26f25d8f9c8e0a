import type { settingCalls } from '../contract/settings.ts';
import type { HandlersOf, OpenEngine } from './handlerTable.ts';

export function settingHandlers(open: OpenEngine): HandlersOf<keyof typeof settingCalls> {
  return {
    'settings.list': async () => (await open()).listSettings(),
    'settings.change': async ({ name, value }) => {
      const engine = await open();
      await engine.changeSetting(name, value);
      return engine.listSettings();
    },
  };
}
