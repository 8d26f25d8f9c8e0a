import { PRESET_IDS, PRESETS, type PresetId } from '../../../main/domain/preset.ts';
import { useApp, useIn } from '../../appContext.ts';
import { allowedPresets, chosenClips, refusalOf } from '../../stores/exporting.ts';
import { strings } from '../../strings.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Say } from '../../ui/Say.tsx';
import { Frame } from './Frame.tsx';
import './exporting.css';

/** Which clips, in which shapes, into which folder. */
export function ExportDialog() {
  const { stores } = useApp();
  const state = useIn('exporting', (whole) => whole);
  const isChoosing = useIn('chooser', ({ wanted }) => wanted !== null);
  if (!state.isOpen || isChoosing) return null;
  const clips = chosenClips(state);
  const count = clips.length * allowedPresets(state).length;
  const { exporting } = strings;
  const send = async (): Promise<void> => {
    if (await state.send()) stores.episode.getState().show('exports');
  };
  return (
    <Dialog label={exporting.title} className="export" onClose={state.close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <header>
          <h2>{exporting.title}</h2>
          <button
            type="button"
            className="btn plain icon"
            aria-label={strings.acts.close}
            onClick={state.close}
          >
            <Icon name="close" />
          </button>
        </header>
        <div className="export-body scroll">
          <Scope />
          <fieldset className="shapes">
            <legend className="sect">{exporting.shapes}</legend>
            {PRESET_IDS.map((id) => (
              <Shape key={id} id={id} refusal={refusalOf(id, clips)} />
            ))}
          </fieldset>
          <p className="sect">{exporting.folder}</p>
          <div className="field">
            <Icon name="folder" />
            <span className="grow cut" title={state.folder}>
              {state.folder}
            </span>
            <button type="button" className="btn plain small" onClick={() => void state.changeFolder()}>
              {exporting.change}
            </button>
          </div>
          {state.trouble !== null && (
            <Say tone="bad" title={state.trouble.title}>
              <p>{state.trouble.hint}</p>
              <p className="detail">{state.trouble.detail}</p>
            </Say>
          )}
        </div>
        <footer>
          <span className="grow dim">{exporting.every}</span>
          <button
            type="submit"
            data-first-focus
            className="btn primary"
            disabled={count === 0 || state.isSending}
          >
            {exporting.send(count)}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

function Scope() {
  const { clip, kept, scope, take } = useIn('exporting', (whole) => whole);
  const { exporting } = strings;
  const isOnlyOne = kept.length === 0 || (kept.length === 1 && kept[0]?.id === clip?.id);
  if (isOnlyOne || clip === null) return <p className="which">{(clip ?? kept[0])?.title}</p>;
  return (
    <div className="seg which" role="group" aria-label={exporting.whichClips}>
      <button
        type="button"
        aria-pressed={scope === 'clip'}
        onClick={() => {
          take('clip');
        }}
      >
        {exporting.thisClip}
      </button>
      <button
        type="button"
        aria-pressed={scope === 'kept'}
        onClick={() => {
          take('kept');
        }}
      >
        {exporting.keptClips(kept.length)}
      </button>
    </div>
  );
}

const about = (id: PresetId): string => {
  const preset = PRESETS[id];
  if (preset.kind === 'video') return `${preset.width} \u00d7 ${preset.height}`;
  return preset.container === 'm4a' ? strings.exporting.m4a : strings.exporting.mp3;
};

function Shape({ id, refusal }: { readonly id: PresetId; readonly refusal: string | undefined }) {
  const isOn = useIn('exporting', ({ presets }) => presets.includes(id));
  const toggle = useIn('exporting', (state) => state.toggle);
  return (
    <label className={isOn && refusal === undefined ? 'shape on' : 'shape'}>
      <input
        type="checkbox"
        checked={isOn && refusal === undefined}
        disabled={refusal !== undefined}
        onChange={() => {
          toggle(id);
        }}
      />
      <Frame preset={id} share={isOn && refusal === undefined ? 1 : 0} />
      <b>{strings.presets[id]}</b>
      <small className="dim num">{refusal ?? about(id)}</small>
    </label>
  );
}
