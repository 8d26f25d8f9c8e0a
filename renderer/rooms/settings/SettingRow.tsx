import { useEffect, useState } from 'react';
import type { SettingEntry } from '../../../main/contract/settings.ts';
import { SETTINGS } from '../../../main/domain/settings.ts';
import { useApp } from '../../appContext.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';

type Value = SettingEntry['value'];

const words = strings.settings;

/** One setting: what it is for, what it is, and who said so. */
export function SettingRow({ entry }: { readonly entry: SettingEntry }) {
  const { stores } = useApp();
  const { name, origin, variable, refused } = entry;
  const own = words.names[name];
  const change = (value: Value | null): void => {
    void stores.troubles.getState().attempt(() => stores.settings.getState().change(name, value));
  };
  return (
    <li className="srow">
      <div>
        <b>{own.name}</b>
        <small>{own.from === 'start' ? `${own.what} ${words.fromStart}.` : own.what}</small>
      </div>
      <Field entry={entry} change={change} />
      <span className={refused === null ? `org ${ORIGIN_MARKS[origin]}` : 'org bad'}>
        {words.origins[refused === null ? origin : 'environment']}
      </span>
      {refused !== null ? (
        <code>{words.refused(refused)}</code>
      ) : (
        origin === 'environment' && <code>{variable}</code>
      )}
      {origin === 'stored' && (
        <button
          type="button"
          className="back"
          aria-label={words.resetOf(own.name)}
          onClick={() => {
            change(null);
          }}
        >
          {words.reset}
        </button>
      )}
    </li>
  );
}

const ORIGIN_MARKS = { environment: 'env', stored: 'own', default: '' } as const;

interface FieldProps {
  readonly entry: SettingEntry;
  readonly change: (value: Value | null) => void;
}

function Field({ entry, change }: FieldProps) {
  const { name, value, origin } = entry;
  const { choices = [], name: label, unit } = words.names[name];
  if (origin === 'environment')
    return (
      <span className="fixedv num" aria-label={label}>
        {shown(entry)}
      </span>
    );
  if (typeof value === 'boolean')
    return (
      <button
        type="button"
        role="switch"
        className="toggle"
        aria-checked={value}
        aria-label={label}
        onClick={() => {
          change(!value);
        }}
      >
        {value ? words.yes : words.no}
      </button>
    );
  if (typeof value === 'number' && choices.length === 0)
    return <Amount name={name} value={value} label={label} unit={unit} change={change} />;
  const chosen = String(value);
  const isListed = choices.some(([choice]) => choice === chosen);
  return (
    <label className="choice pick">
      <span className="sr">{label}</span>
      <select
        value={chosen}
        onChange={(event) => {
          change(event.currentTarget.value);
        }}
      >
        {!isListed && <option value={chosen}>{chosen}</option>}
        {choices.map(([choice, text]) => (
          <option key={choice} value={choice}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

function shown({ name, value }: SettingEntry): string {
  const { choices = [], unit } = words.names[name];
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  const text = choices.find(([choice]) => choice === String(value))?.[1] ?? String(value);
  return unit === undefined ? text : `${text} ${unit}`;
}

interface AmountProps {
  readonly name: SettingEntry['name'];
  readonly value: number;
  readonly label: string;
  readonly unit: string | undefined;
  readonly change: (value: Value) => void;
}

/** A number that is typed or stepped; what its own schema refuses stays in the field, marked, and is not kept. */
function Amount({ name, value, label, unit, change }: AmountProps) {
  const step = words.names[name].step ?? 1;
  const [typed, setTyped] = useState(String(value));
  useEffect(() => {
    setTyped(String(value));
  }, [value]);
  const accepts = (candidate: unknown): boolean =>
    candidate !== '' && SETTINGS[name].schema.safeParse(candidate).success;
  const offer = (candidate: string | number): void => {
    setTyped(String(candidate));
    if (accepts(candidate)) change(Number(candidate));
  };
  const stepped = (by: number): number => Math.round((value + by) * 100) / 100;
  return (
    <span className={accepts(typed) ? 'step' : 'step bad'}>
      <button
        type="button"
        aria-label={words.less(label)}
        disabled={!accepts(stepped(-step))}
        onClick={() => {
          offer(stepped(-step));
        }}
      >
        <Icon name="less" />
      </button>
      <span className="amount num">
        <input
          inputMode="decimal"
          aria-label={unit === undefined ? label : `${label} (${unit})`}
          aria-invalid={!accepts(typed)}
          value={typed}
          size={Math.max(2, typed.length)}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
          }}
          onBlur={() => {
            if (accepts(typed)) offer(typed);
            else setTyped(String(value));
          }}
          onKeyDown={(event) => {
            const by = { ArrowUp: step, ArrowDown: -step }[event.key];
            if (event.key === 'Enter') offer(typed);
            else if (event.key === 'Escape') setTyped(String(value));
            else if (by !== undefined) {
              event.preventDefault();
              if (accepts(stepped(by))) offer(stepped(by));
            }
          }}
        />
        {unit !== undefined && <span aria-hidden="true">{unit}</span>}
      </span>
      <button
        type="button"
        aria-label={words.more(label)}
        disabled={!accepts(stepped(step))}
        onClick={() => {
          offer(stepped(step));
        }}
      >
        <Icon name="add" />
      </button>
    </span>
  );
}
