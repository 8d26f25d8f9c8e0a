import { z } from 'zod';
import { AppError } from '../domain/errors.ts';
import {
  resolveSettings,
  SETTING_NAMES,
  SETTINGS,
  type SettingName,
  type SettingOrigin,
  type Settings,
} from '../domain/settings.ts';
import type { SettingRepository } from './db/settings.ts';
import type { Library } from './db/open.ts';

export type SettingValue = string | number | boolean;

/** A setting as a person sees it. */
export interface SettingEntry {
  readonly name: SettingName;
  readonly value: SettingValue;
  readonly fallback: SettingValue;
  readonly origin: SettingOrigin;
  /** The environment variable that goes over what is stored. */
  readonly variable: string;
  /** What the variable holds where it makes no sense and is passed over; null where all is well. */
  readonly refused: string | null;
}

export interface SettingsKeeper {
  readonly values: Settings;
  /** Looks at what other processes have stored since. */
  readonly read: () => Settings;
  /** Values that were given but make no sense, each a sentence. */
  readonly problems: readonly string[];
  readonly list: () => SettingEntry[];
  /** Stores a value, or with null goes back to the default; it holds at once. Throws BAD_INPUT, WRONG_STATE. */
  readonly change: (name: SettingName, value: SettingValue | null) => Promise<void>;
}

interface Sources {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly library: Library;
  readonly stored: SettingRepository;
  /** What this process was given by hand; it goes over all other sources. */
  readonly overrides: Partial<Settings>;
  readonly onChange: (values: Settings) => void;
}

/** Keeps what every setting is by now, and who said so. */
export function keepSettings({ env, library, stored, overrides, onChange }: Sources): SettingsKeeper {
  const resolve = () => {
    const { values, ...rest } = resolveSettings(env, stored.readAll());
    return { ...rest, values: { ...values, ...overrides } };
  };
  let now = resolve();
  return {
    get values() {
      return now.values;
    },
    problems: now.problems,
    read() {
      now = resolve();
      return now.values;
    },
    list() {
      now = resolve();
      return SETTING_NAMES.map((name) => {
        const { environment: variable, fallback } = SETTINGS[name];
        const given = env[variable];
        const isRefused = given !== undefined && given !== '' && now.origins[name] !== 'environment';
        const { values, origins } = now;
        const refused = isRefused ? given : null;
        return { name, value: values[name], fallback, origin: origins[name], variable, refused };
      });
    },
    async change(name, value) {
      if (now.origins[name] === 'environment')
        throw new AppError('WRONG_STATE', `${SETTINGS[name].environment} says what ${name} is`);
      const checked = value === null ? null : check(name, value);
      await library.write(() => {
        if (checked === null) stored.forget(name);
        else stored.save(name, checked);
      });
      now = resolve();
      onChange(now.values);
    },
  };
}

function check(name: SettingName, value: SettingValue): SettingValue {
  const parsed = SETTINGS[name].schema.safeParse(value);
  if (!parsed.success) throw new AppError('BAD_INPUT', `${name}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
