import { useState } from 'react';
import type { EpisodeDetail } from '../../../main/contract/episodes.ts';
import type { MarkedOffLimits } from '../../../main/domain/offLimits.ts';
import { formatClock, parseClock, type TimeRange } from '../../../main/domain/time.ts';
import { useApp, useIn } from '../../appContext.ts';
import { wholeLength } from '../../selectors/numbers.ts';
import { selectedClip } from '../../stores/episode.ts';
import { strings } from '../../strings.ts';
import { Icon } from '../../ui/icons.tsx';
import type { Player } from './player.ts';

interface OffLimitsListProps {
  readonly detail: EpisodeDetail;
  readonly player: Player;
}

/** What is kept out of clips and why, what a person allowed all the same, and what they want kept off the record. */
export function OffLimitsList({ detail, player }: OffLimitsListProps) {
  const { offLimits: words } = strings.desk;
  const { offLimits, episode } = detail;
  return (
    <div className="scroll side-list">
      <p className="dim">{words.what}</p>
      {offLimits.length === 0 && (
        <div className="nothing">
          <b>{words.empty}</b>
          <p>{words.emptyWhat}</p>
        </div>
      )}
      <ul className="rows-plain" aria-label={words.title}>
        {offLimits.map((range) => (
          <OffRow key={range.id} range={range} episodeId={episode.id} player={player} />
        ))}
      </ul>
      <KeepOff episodeId={episode.id} durationS={episode.durationS} />
    </div>
  );
}

interface OffRowProps {
  readonly range: MarkedOffLimits;
  readonly episodeId: string;
  readonly player: Player;
}

function OffRow({ range, episodeId, player }: OffRowProps) {
  const { stores } = useApp();
  const { overrule, putBackOnRecord, lookAt } = stores.desk.getState();
  const { offLimits: words } = strings.desk;
  const isOffRecord = range.kind === 'off-record';
  const time = formatClock(range.fromS);
  const name = `${words.kinds[range.kind]}, ${time}`;
  return (
    <li className={range.isOverruled ? 'off-row allowed' : 'off-row'}>
      <button
        type="button"
        className="row-go"
        aria-label={`${name}. ${words.hear(time)}`}
        onClick={() => {
          void lookAt(range.fromS);
          player.play({ fromS: range.fromS, toS: range.toS });
        }}
      >
        <span className="off-top">
          {isOffRecord && <Icon name="lock" />}
          <b>{words.kinds[range.kind]}</b>
          <span className="num dim">
            {time}, {wholeLength(range.toS - range.fromS)}
          </span>
        </span>
        <span className="off-why">{range.isOverruled ? words.allowed : range.reason}</span>
      </button>
      <button
        type="button"
        className="btn edge small"
        aria-label={`${isOffRecord ? words.remove : range.isOverruled ? words.forbid : words.allow}: ${name}`}
        onClick={() => {
          void (isOffRecord ? putBackOnRecord(episodeId, range) : overrule(episodeId, range));
        }}
      >
        {isOffRecord ? words.remove : range.isOverruled ? words.forbid : words.allow}
      </button>
    </li>
  );
}

/** A range by its times; null while they make none. */
function rangeFrom(from: string, to: string, durationS: number): TimeRange | null {
  const [fromS, toS] = [parseClock(from), parseClock(to)];
  if (fromS === undefined || toS === undefined || toS <= fromS || fromS >= durationS) return null;
  return { fromS, toS: Math.min(durationS, toS) };
}

interface KeepOffProps {
  readonly episodeId: string;
  readonly durationS: number;
}

/** Marks a range off the record; it begins as the clip in hand, or as the words that are selected. */
function KeepOff({ episodeId, durationS }: KeepOffProps) {
  const { stores } = useApp();
  const picked = useIn('desk', (state) => state.picked);
  const clip = useIn('episode', selectedClip);
  const start = picked?.fromS ?? clip?.inS ?? 0;
  const end = picked?.toS ?? clip?.outS ?? 0;
  return <KeepOffForm key={`${start} ${end}`} {...{ episodeId, durationS, start, end }} desk={stores.desk} />;
}

interface KeepOffFormProps extends KeepOffProps {
  readonly start: number;
  readonly end: number;
  readonly desk: ReturnType<typeof useApp>['stores']['desk'];
}

function KeepOffForm({ episodeId, durationS, start, end, desk }: KeepOffFormProps) {
  const [from, setFrom] = useState(formatClock(start));
  const [to, setTo] = useState(formatClock(Math.ceil(end)));
  const [why, setWhy] = useState('');
  const { offLimits: words } = strings.desk;
  const range = rangeFrom(from, to, durationS);
  const field = (label: string, value: string, set: (value: string) => void, place = '') => (
    <label className="field labelled">
      <span className="dim">{label}</span>
      <input
        type="text"
        value={value}
        placeholder={place}
        onChange={(event) => {
          set(event.currentTarget.value);
        }}
      />
    </label>
  );
  return (
    <form
      className="keep-off"
      aria-label={words.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (range !== null) void desk.getState().keepOffRecord(episodeId, range, why);
      }}
    >
      <h2 className="sect">{words.form}</h2>
      <div className="two">
        {field(words.from, from, setFrom)}
        {field(words.to, to, setTo)}
      </div>
      {field(words.why, why, setWhy, words.whyPlace)}
      {range === null && <p className="warn">{words.badRange}</p>}
      <button type="submit" className="btn edge small" disabled={range === null}>
        <Icon name="lock" />
        {words.add}
      </button>
    </form>
  );
}
