import type { SettingEntry } from '../../../main/contract/settings.ts';
import { useApp, useIn } from '../../appContext.ts';
import { recognisers } from '../../selectors/models.ts';
import { strings } from '../../strings.ts';
import { RoomLink } from '../shell/RoomLink.tsx';
import { SettingRow } from './SettingRow.tsx';

const words = strings.settings;

/** Every setting, in groups, with where its value comes from. */
export function WorkSection({ onlyChanged }: { readonly onlyChanged: boolean }) {
  const entries = useIn('settings', (state) => state.entries);
  if (entries === null) return <div className="set-main" />;
  const shown = entries.filter(({ origin }) => !onlyChanged || origin !== 'default');
  return (
    <div className="set-main scroll" tabIndex={0} role="group" aria-label={words.sections.work}>
      {words.groups.map(([title, names], at) => {
        const rows = names.flatMap((name) => shown.find((entry) => entry.name === name) ?? []);
        const hasModel = title === 'Words' && !onlyChanged;
        if (rows.length === 0 && !hasModel) return null;
        return (
          <Group key={title} title={title} isFirst={at === 0} rows={rows}>
            {hasModel && <SpeechModelRow />}
          </Group>
        );
      })}
    </div>
  );
}

interface GroupProps {
  readonly title: string;
  readonly isFirst: boolean;
  readonly rows: readonly SettingEntry[];
  readonly children: React.ReactNode;
}

function Group({ title, isFirst, rows, children }: GroupProps) {
  return (
    <section aria-label={title}>
      <div className="hrow gh">
        <h2 className="h grow">{title}</h2>
        {isFirst && <span className="dim">{words.where}</span>}
      </div>
      <ul className="srows" aria-label={title}>
        {children}
        {rows.map((entry) => (
          <SettingRow key={entry.name} entry={entry} />
        ))}
      </ul>
    </section>
  );
}

/** Which model hears; the room beside this one has all of them. */
function SpeechModelRow() {
  const { stores } = useApp();
  const models = useIn('models', (state) => state.models) ?? [];
  const machine = useIn('models', (state) => state.machine);
  const here = recognisers(models).filter(({ isInstalled }) => isInstalled);
  const chosen = here.find(({ isChosen }) => isChosen);
  const isLocked = machine?.chosenBy === 'environment';
  const origin = machine === null || machine.chosenBy === 'nobody' ? 'default' : machine.chosenBy;
  return (
    <li className="srow">
      <div>
        <b>{words.speechModel}</b>
        <small>{words.speechModelWhat}</small>
      </div>
      {here.length === 0 || isLocked ? (
        <RoomLink to={{ room: 'settings', section: 'models' }} className="choice">
          {chosen?.name ?? words.noneHere}
        </RoomLink>
      ) : (
        <label className="choice pick">
          <span className="sr">{words.speechModel}</span>
          <select
            value={chosen?.id ?? ''}
            onChange={(event) => {
              const id = event.currentTarget.value;
              void stores.troubles
                .getState()
                .attempt(() => stores.models.getState().choose(id === '' ? null : id));
            }}
          >
            <option value="">{words.none}</option>
            {here.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <span className={`org ${origin === 'person' ? 'own' : origin === 'environment' ? 'env' : ''}`}>
        {words.origins[origin === 'person' ? 'stored' : origin]}
      </span>
    </li>
  );
}
