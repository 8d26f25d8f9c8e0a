import { useEffect } from 'react';
import type { Clip } from '../../../main/domain/clip.ts';
import type { Episode } from '../../../main/domain/episode.ts';
import { useApp, useIn } from '../../appContext.ts';
import { plainNumber } from '../../selectors/numbers.ts';
import { strings } from '../../strings.ts';
import { Door } from './Door.tsx';
import { ModelDoor } from './ModelDoor.tsx';

interface NoWordsProps {
  readonly episode: Episode;
  readonly clip: Clip | undefined;
}

const words = strings.noWords;

/** Three ways to words; none of them keeps anybody from listening and judging. */
export function NoWords({ episode, clip }: NoWordsProps) {
  const { stores } = useApp();
  const isTyping = useIn('typing', (state) => state.clipId !== null);
  const laidOut = useIn('typing', (state) => state.laidOut);
  const chooseTranscript = (): void => void stores.arrivals.getState().browseTranscript(episode.path);
  const type = (): void => {
    if (clip === undefined) return;
    void stores.troubles.getState().attempt(() => stores.typing.getState().open(clip));
  };
  useDoorKeys([chooseTranscript, openModelDoor, type]);
  return (
    <section className="doors" aria-label={words.label}>
      <header>
        <h2>{words.title}</h2>
        <p className="mid">{words.rest}</p>
      </header>
      <div className="door3">
        <Door name="1" icon="file" title={words.have.title} isOpen={false} open={chooseTranscript}>
          <p>{words.have.what}</p>
          <div className="acts-row">
            <button type="button" className="btn edge small" onClick={chooseTranscript}>
              {words.have.choose}
            </button>
          </div>
        </Door>
        <ModelDoor episode={episode} />
        <Door name="3" icon="keyboard" title={words.type.title} isOpen={isTyping} open={type}>
          {!isTyping && <p>{words.type.what}</p>}
          {isTyping && laidOut !== null && (
            <dl className="mini num">
              <div>
                <dt>{words.type.typed}</dt>
                <dd>{words.type.words(laidOut.words)}</dd>
              </div>
              <div>
                <dt>{words.type.covered}</dt>
                <dd>{words.type.of(plainNumber(laidOut.coveredS), plainNumber(laidOut.speechS))}</dd>
              </div>
            </dl>
          )}
          {isTyping ? (
            <p className="dim">{words.type.now}</p>
          ) : (
            <div className="acts-row">
              <button type="button" className="btn edge small" disabled={clip === undefined} onClick={type}>
                {words.type.open}
              </button>
            </div>
          )}
        </Door>
      </div>
    </section>
  );
}

/** The model's door opens itself: it knows what is behind it. */
const openModelDoor = (): void => document.querySelector<HTMLElement>('button[data-door="2"]')?.click();

/** 1, 2 and 3 open the doors, except where somebody types. */
function useDoorKeys(acts: readonly (() => void)[]): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const { target } = event;
      const isField = target instanceof Element && target.closest('input, textarea, select') !== null;
      if (event.ctrlKey || event.metaKey || event.altKey || isField) return;
      if (document.querySelector('dialog[open]') !== null) return;
      const act = acts[['1', '2', '3'].indexOf(event.key)];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', press);
    return () => {
      removeEventListener('keydown', press);
    };
  }, [acts]);
}
