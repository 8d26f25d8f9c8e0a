import { useEffect, useState } from 'react';
import { useApp, useIn } from '../../appContext.ts';
import type { SettingsSection } from '../../selectors/place.ts';
import { strings } from '../../strings.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { RoomLink } from '../shell/RoomLink.tsx';
import { StatusBar } from '../shell/StatusBar.tsx';
import { ModelsSection } from './ModelsSection.tsx';
import { WorkSection } from './WorkSection.tsx';
import './settings.css';

const SECTIONS: readonly (readonly [SettingsSection, IconName])[] = [
  ['work', 'settings'],
  ['models', 'words'],
];

/** What Soundbite does by default, and the models that hear. */
export function SettingsRoom({ section }: { readonly section: SettingsSection }) {
  const { stores } = useApp();
  const [onlyChanged, setOnlyChanged] = useState(false);
  useEffect(() => {
    const { troubles, settings, models } = stores;
    void troubles.getState().attempt(async () => {
      await Promise.all([settings.getState().load(), models.getState().load()]);
    });
  }, [stores]);
  return (
    <div className="stage">
      <TopBar section={section} />
      <main className="set">
        <nav className="setnav" aria-label={strings.settings.nav}>
          {SECTIONS.map(([name, icon]) => (
            <RoomLink
              key={name}
              to={{ room: 'settings', section: name }}
              isCurrent={section === name}
              className={section === name ? 'on' : ''}
            >
              <Icon name={icon} />
              <span className="grow">{strings.settings.sections[name]}</span>
            </RoomLink>
          ))}
          {section === 'work' && <Differing onlyChanged={onlyChanged} show={setOnlyChanged} />}
        </nav>
        {section === 'work' ? <WorkSection onlyChanged={onlyChanged} /> : <ModelsSection />}
      </main>
    </div>
  );
}

function TopBar({ section }: { readonly section: SettingsSection }) {
  const { stores } = useApp();
  const canUndo = useIn('settings', ({ steps }) => steps.length > 0);
  const undo = (): void => {
    void stores.troubles.getState().attempt(async () => {
      const name = await stores.settings.getState().undo();
      const { names, undone } = strings.settings;
      if (name !== undefined) stores.announcements.getState().say(undone(names[name].name));
    });
  };
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const isField = event.target instanceof Element && event.target.closest('input, textarea') !== null;
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.key !== 'z' || isField) return;
      event.preventDefault();
      undo();
    };
    addEventListener('keydown', press);
    return () => {
      removeEventListener('keydown', press);
    };
  });
  return (
    <header className="topbar">
      <h1>{strings.settings.title}</h1>
      <span className="grow" />
      <StatusBar />
      {section === 'work' && (
        <>
          <span className="dim saved">{strings.settings.saved}</span>
          <button type="button" className="btn edge" disabled={!canUndo} onClick={undo}>
            <Icon name="undo" />
            {strings.settings.undo}
            <kbd>Ctrl Z</kbd>
          </button>
        </>
      )}
    </header>
  );
}

interface DifferingProps {
  readonly onlyChanged: boolean;
  readonly show: (onlyChanged: boolean) => void;
}

/** How many settings are not their defaults, and a way to see only those. */
function Differing({ onlyChanged, show }: DifferingProps) {
  const entries = useIn('settings', (state) => state.entries) ?? [];
  const changed = entries.filter(({ origin }) => origin !== 'default').length;
  const { settings: words } = strings;
  return (
    <div className="setfoot">
      <p className="num">{words.changed(changed, entries.length)}</p>
      {(changed > 0 || onlyChanged) && (
        <button
          type="button"
          className="btn plain small"
          aria-pressed={onlyChanged}
          onClick={() => {
            show(!onlyChanged);
          }}
        >
          {onlyChanged ? words.allAgain : words.onlyThese}
        </button>
      )}
    </div>
  );
}
