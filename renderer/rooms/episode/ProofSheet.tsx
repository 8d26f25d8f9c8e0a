import { useState } from 'react';
import type { ExportedFile, ProofCheck } from '../../../main/domain/exportedFile.ts';
import { useApp } from '../../appContext.ts';
import { fileSize, plainNumber } from '../../selectors/numbers.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';

/** Checks a person cares about, in the order in which they would ask; the rest is behind "All checks". */
const FIRST = [
  'integrated-loudness',
  'true-peak',
  'duration',
  'captions-in-safe-box',
  'frame-size',
  'frame-count',
  'picture-not-black',
  'picture-not-frozen',
];

const importance = ({ name, passed }: ProofCheck): number => {
  const at = FIRST.indexOf(name);
  return passed ? (at === -1 ? FIRST.length : at) : -1;
};

const measured = (value: ProofCheck['value']): string => {
  if (typeof value === 'number') return plainNumber(value);
  if (typeof value === 'boolean') return value ? strings.yes : strings.no;
  return value ?? '';
};

/** The twin of the receipt: what was measured on the finished file. */
export function ProofSheet({ file, title }: { readonly file: ExportedFile; readonly title: string }) {
  const { client, stores } = useApp();
  const [isWhole, setIsWhole] = useState(false);
  const { checks } = file.proof;
  const passed = checks.filter((check) => check.passed).length;
  const sorted = checks.toSorted((a, b) => importance(a) - importance(b));
  const shown = isWhole ? sorted : sorted.filter((check) => importance(check) < FIRST.length);
  const at = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hour12: false }).format(
    file.exportedAtMs,
  );
  const { exporting } = strings;
  return (
    <>
      <div className="paper-wrap">
        <article className="paper proof">
          <div className="tot">
            <span className="n num">{passed}</span>
            <span className="of num">/ {checks.length}</span>
            <p className="says">
              <b>{file.proof.passed ? exporting.safe : exporting.held}</b>
              <span className="num">{exporting.measured(at)}</span>
            </p>
            <span className="grow" />
            <span className="stamp">{strings.presets[file.preset]}</span>
          </div>
          <p className="sr">{exporting.passed(passed, checks.length)}</p>
          <h3>{title}</h3>
          <video
            src={client.mediaUrl('export', file.id)}
            controls
            preload="metadata"
            aria-label={exporting.play}
          />
          <ul className="checks">
            {shown.map((check) => (
              <li key={check.name} className={check.passed ? undefined : 'cost'}>
                <Icon name={check.passed ? 'check' : 'close'} />
                <span className="c-name">{strings.checks[check.name] ?? check.name}</span>
                <b className="c-val num cut" title={measured(check.value)}>
                  {measured(check.value)}
                </b>
                <span className="c-lim num cut" title={measured(check.limit)}>
                  {measured(check.limit)}
                </span>
              </li>
            ))}
          </ul>
          <footer className="num">
            <span>{exporting.passed(passed, checks.length)}</span>
            <span>{fileSize(file.bytes)}</span>
          </footer>
        </article>
      </div>
      <p className="path dim">{file.path}</p>
      <div className="proof-acts">
        <button
          type="button"
          className="btn edge grow"
          onClick={() =>
            void stores.troubles.getState().attempt(async () => {
              await client.call('host.revealExport', { exportId: file.id });
            })
          }
        >
          <Icon name="folder" />
          {exporting.reveal}
        </button>
        <button
          type="button"
          className="btn plain"
          aria-expanded={isWhole}
          onClick={() => {
            setIsWhole(!isWhole);
          }}
        >
          {isWhole ? exporting.fewChecks : exporting.allChecks}
        </button>
      </div>
    </>
  );
}
