import { useApp, useIn } from '../../appContext.ts';
import sampleCover from '../../../resources/sample/cover.png';
import { strings } from '../../strings.ts';
import { Icon, Mark, type IconName } from '../../ui/icons.tsx';
import { FileButton } from '../shell/FileButton.tsx';
import { ThemeSwitch } from '../shell/ThemeSwitch.tsx';
import { HowToRead } from './HowToRead.tsx';
import './firstRun.css';

/** One window and one sentence. */
export function FirstRun() {
  const { stores } = useApp();
  const canBrowse = useIn('memory', ({ host }) => host?.kind === 'browser');
  const { firstRun } = strings;
  return (
    <main className="first-run">
      <section className="hello" aria-label={strings.app}>
        <p className="brand">
          <Mark className="logo" />
          {strings.app}
        </p>
        <div className="mid-col">
          <h1>
            {firstRun.headline[0]}
            <br />
            {firstRun.headline[1]}
          </h1>
          <p className="sub">{firstRun.sub}</p>
          <FileButton className="drop">
            <span className="plus">
              <Icon name="add" />
            </span>
            <span>
              <b>{firstRun.drop}</b>
              <span className="dim">{firstRun.orEnter}</span>
            </span>
          </FileButton>
          <button
            type="button"
            className="sample"
            onClick={() => {
              void stores.arrivals.getState().importSample();
            }}
          >
            <span className="cover">
              <img src={sampleCover} alt="" draggable={false} />
            </span>
            <span className="grow">
              <b>{firstRun.sample}</b>
              <small className="dim num">{firstRun.sampleAbout}</small>
            </span>
            <Icon name="arrow" />
          </button>
          <dl className="setup">
            <Fact
              icon="words"
              term={firstRun.words}
              strong={firstRun.wordsAre[0]}
              text={firstRun.wordsAre[1]}
            />
            <Fact
              icon="file"
              term={firstRun.files}
              strong={firstRun.filesAre[0]}
              text={firstRun.filesAre[1]}
            />
            <Fact icon="shield" term={firstRun.privacy} strong="" text={firstRun.privacyIs} />
          </dl>
        </div>
        <p className="foot dim">
          <ThemeSwitch className="btn plain small" label={strings.theme.short} />
          {canBrowse && (
            <button
              type="button"
              className="btn plain small"
              onClick={() => {
                void stores.arrivals.getState().browse();
              }}
            >
              <Icon name="folder" />
              {firstRun.browse}
            </button>
          )}
        </p>
      </section>
      <HowToRead />
    </main>
  );
}

interface FactProps {
  readonly icon: IconName;
  readonly term: string;
  readonly strong: string;
  readonly text: string;
}

function Fact({ icon, term, strong, text }: FactProps) {
  return (
    <div>
      <dt>
        <Icon name={icon} />
        {term}
      </dt>
      <dd>
        <b>{strong}</b>
        {text}
      </dd>
    </div>
  );
}
