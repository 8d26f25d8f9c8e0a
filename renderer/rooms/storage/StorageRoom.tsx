import { useEffect } from 'react';
import type { StorageStats, TakeableCategory } from '../../../main/domain/storage.ts';
import { useApp, useIn } from '../../appContext.ts';
import { fileSize } from '../../selectors/numbers.ts';
import { isTakeable, limitChoices, shareOf } from '../../selectors/storage.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';
import { Say } from '../../ui/Say.tsx';
import { CleanSide } from './CleanSide.tsx';
import './storage.css';

/** What the library holds, what of it may go, and what that costs. */
export function StorageRoom() {
  const { stores } = useApp();
  const stats = useIn('storage', (state) => state.stats);
  useEffect(() => {
    void stores.troubles.getState().attempt(stores.storage.getState().load);
  }, [stores]);
  return (
    <div className="stage">
      <header className="topbar">
        <h1>{strings.storage.title}</h1>
        <span className="grow" />
        {stats !== null && <Limit stats={stats} />}
      </header>
      <main className="store">
        <div className="st-main scroll">
          {stats !== null && (
            <>
              {stats.disk.isLow && (
                <Say tone="wait" title={strings.storage.low.title}>
                  <p>
                    {strings.storage.low.what(
                      fileSize(stats.disk.freeBytes),
                      fileSize(stats.disk.leastFreeBytes),
                    )}
                  </p>
                </Say>
              )}
              <Gauge stats={stats} />
              <Kinds stats={stats} />
              <Originals stats={stats} />
              <Archive archived={stats.archived} />
            </>
          )}
        </div>
        <CleanSide />
      </main>
    </div>
  );
}

function Limit({ stats }: { readonly stats: StorageStats }) {
  const { stores } = useApp();
  const { setLimit } = stores.storage.getState();
  return (
    <label className="limit">
      <span className="dim">{strings.storage.limit}</span>
      <select
        className="btn edge num"
        value={String(stats.quotaBytes / 1e9)}
        onChange={(event) => {
          const gb = Number(event.currentTarget.value);
          void stores.troubles.getState().attempt(() => setLimit(gb));
        }}
      >
        {limitChoices(stats.quotaBytes).map((gb) => (
          <option key={gb} value={String(gb)}>
            {fileSize(gb * 1e9)}
          </option>
        ))}
      </select>
    </label>
  );
}

function Gauge({ stats }: { readonly stats: StorageStats }) {
  const { usedBytes, quotaBytes, disk, categories } = stats;
  const words = strings.storage;
  const left = quotaBytes - usedBytes;
  const free = fileSize(disk.freeBytes);
  return (
    <section aria-label={words.used}>
      <div className="st-lead">
        <p className="st-big num">
          {fileSize(usedBytes)}
          <small>{words.ofLimit(fileSize(quotaBytes))}</small>
        </p>
        <p className="mid">
          {left >= 0 ? words.freeHere(fileSize(left), free) : words.over(fileSize(-left), free)}
        </p>
      </div>
      <div
        className="stack"
        role="img"
        aria-label={words.stack(categories.length, fileSize(usedBytes), fileSize(quotaBytes))}
      >
        {categories.map(({ category, sizeBytes }) => (
          <i
            key={category}
            className={`kind-${category}`}
            style={{ width: `${shareOf(stats, sizeBytes)}%` }}
          />
        ))}
      </div>
    </section>
  );
}

function Kinds({ stats }: { readonly stats: StorageStats }) {
  const words = strings.storage;
  return (
    <>
      <div className="tr th sect" aria-hidden="true">
        <span />
        <span>{words.columns.what}</span>
        <span>{words.columns.size}</span>
        <span>{words.columns.cost}</span>
      </div>
      <ul aria-label={words.kinds}>
        {stats.categories.map(({ category, files, sizeBytes }) => (
          <li className="tr" key={category}>
            {isTakeable(category) ? <Take category={category} /> : <Kept />}
            <span className="nm">
              <i className={`sw kind-${category}`} />
              <span>
                <b>{words.names[category]}</b>
                <small className="dim num">{words.files(files)}</small>
              </span>
            </span>
            <span className="sz num">{fileSize(sizeBytes)}</span>
            <span className="mid why">{words.costs[category]}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Take({ category }: { readonly category: TakeableCategory }) {
  const { stores } = useApp();
  const isTaken = useIn('storage', ({ taken }) => taken.includes(category));
  const { toggle } = stores.storage.getState();
  return (
    <button
      type="button"
      className="box"
      role="checkbox"
      aria-checked={isTaken}
      aria-label={strings.storage.names[category]}
      onClick={() => void stores.troubles.getState().attempt(() => toggle(category))}
    >
      <Icon name="check" />
    </button>
  );
}

const Kept = () => (
  <span className="lockbox" title={strings.storage.kept}>
    <Icon name="lock" />
  </span>
);

function Originals({ stats: { originals } }: { readonly stats: StorageStats }) {
  const words = strings.storage;
  return (
    <section className="yours">
      <Icon name="shield" />
      <div className="grow">
        <h2>{words.originals}</h2>
        <p className="mid">{words.originalsAre(fileSize(originals.sizeBytes), originals.files)}</p>
      </div>
    </section>
  );
}

function Archive({ archived }: Pick<StorageStats, 'archived'>) {
  const { stores } = useApp();
  const words = strings.storage.archive;
  const { bringBack } = stores.storage.getState();
  if (archived.length === 0) return null;
  return (
    <section className="away">
      <h2>{words.title}</h2>
      <ul aria-label={words.title}>
        {archived.map(({ episodeId, title, path, sizeBytes }) => (
          <li key={episodeId}>
            <span className="grow">
              <b>{title}</b>
              <small className="dim cut">{path}</small>
            </span>
            <span className="num">{fileSize(sizeBytes)}</span>
            <button
              type="button"
              className="btn edge small"
              aria-label={words.back(title)}
              onClick={() => void stores.troubles.getState().attempt(() => bringBack(episodeId))}
            >
              {words.short}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
