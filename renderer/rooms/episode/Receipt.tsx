import { useState } from 'react';
import type { Clip, Evidence, ScorePart } from '../../../main/domain/clip.ts';
import { formatClock } from '../../../main/domain/time.ts';
import { useApp, useIn } from '../../appContext.ts';
import { ordinal, plainNumber, signed, wholeScore } from '../../selectors/numbers.ts';
import { receiptOf, type ReceiptLine } from '../../selectors/receipt.ts';
import { tallyOf } from '../../selectors/tally.ts';
import { cutOf } from '../../stores/desk.ts';
import { strings } from '../../strings.ts';
import { Cells } from '../../ui/Cells.tsx';
import { Tally } from '../../ui/Tally.tsx';
import type { Player } from './player.ts';
import { Fixes } from './Fixes.tsx';
import { fromEvidence } from './ranges.ts';

interface ReceiptProps {
  readonly clip: Clip;
  readonly all: number;
  readonly player: Player;
}

/** Why this score: every part, the words that earned it and their second. What is printed adds up. */
export function Receipt({ clip, all, player }: ReceiptProps) {
  const [pointedAt, setPointedAt] = useState<string | null>(null);
  const ticks = tallyOf(clip.parts, clip.score);
  const receipt = receiptOf(clip);
  const { rank, where } = strings.episode.rank(ordinal(clip.rank), all);
  const isByEar = clip.foundBy === 'ear';
  return (
    <div className="paper-wrap">
      <article className="paper receipt">
        <div className="total">
          <span className="score">{wholeScore(clip.score)}</span>
          <span className="of">{strings.episode.ofHundred}</span>
          <p className="verdict">
            <b>{rank}</b>
            <span>{where}</span>
            <span className="dim">{strings.receipt.confidence[clip.confidence]}</span>
          </p>
          <Reach clip={clip} />
        </div>
        <div className="barcode">
          <Tally groups={ticks.groups} cost={ticks.cost} size="slip" lit={pointedAt} />
        </div>
        <Fixes clip={clip} player={player} />
        <ol className="parts">
          {receipt.lines.map((line) => (
            <PartLine key={line.part.name} line={line} clip={clip} player={player} onPoint={setPointedAt} />
          ))}
          {receipt.corrections.map((line) => (
            <PartLine key={line.part.name} line={line} clip={clip} player={player} onPoint={setPointedAt} />
          ))}
          {isByEar && (
            <li>
              <p className="line">
                <span className="name">{strings.receipt.notYet}</span>
                <Cells points={0} max={30} />
                <span className="pts" />
              </p>
              <p className="why">{strings.receipt.notYetWhy}</p>
            </li>
          )}
        </ol>
        <footer className="num">
          <span>{strings.receipt.scorer(clip.scorerVersion)}</span>
          <span>
            {plainNumber(receipt.sum)} {strings.episode.ofHundred}
          </span>
          <span>{strings.receipt.same}</span>
        </footer>
      </article>
    </div>
  );
}

/** What the best cut on offer would make of the score. */
function Reach({ clip }: { readonly clip: Clip }) {
  const offers = useIn('desk', (state) => state.offers);
  const worth = offers?.cut === cutOf(clip) ? Math.max(0, ...offers.fixes.map((fix) => fix.worth)) : 0;
  if (Math.round(worth) === 0) return null;
  return (
    <p className="reach num">
      <span>{signed(Math.round(worth))}</span>
      <small>{strings.desk.fixes.within}</small>
    </p>
  );
}

interface PartLineProps {
  readonly line: ReceiptLine;
  readonly clip: Clip;
  readonly player: Player;
  readonly onPoint: (part: string | null) => void;
}

function PartLine({ line: { part, evidence }, clip, player, onPoint }: PartLineProps) {
  const { stores } = useApp();
  const openPart = useIn('episode', (state) => state.openPart);
  const isOpen = openPart === part.name;
  const [strongest] = evidence;
  const point = (name: string | null) => () => {
    onPoint(name);
  };
  return (
    <li
      className={isOpen ? 'open' : undefined}
      onPointerEnter={point(part.name)}
      onPointerLeave={point(null)}
      onFocus={point(part.name)}
      onBlur={point(null)}
    >
      <button
        type="button"
        className="line"
        aria-expanded={isOpen}
        onClick={() => {
          stores.episode.getState().openPartOf(isOpen ? null : part.name);
        }}
      >
        <span className="name">{strings.receipt.parts[part.name] ?? part.name}</span>
        <Cells points={part.points} max={part.max} />
        <span className={part.points < 0 ? 'pts num cost' : 'pts num'}>
          <b>{plainNumber(part.points)}</b>
          {part.max > 0 && ` / ${plainNumber(part.max)}`}
        </span>
      </button>
      {isOpen ? (
        <ul className="proofs">
          {evidence.map((proof) => (
            <li key={`${proof.fromS} ${proof.toS} ${proof.points}`}>
              <Proof proof={proof} clip={clip} player={player} />
            </li>
          ))}
          {evidence.length === 0 && <Nothing part={part} />}
        </ul>
      ) : (
        strongest !== undefined && (
          <div className="why-row">
            <Proof proof={strongest} clip={clip} player={player} more={evidence.length - 1} />
          </div>
        )
      )}
      {!isOpen && strongest === undefined && <Nothing part={part} />}
    </li>
  );
}

const Nothing = ({ part }: { readonly part: ScorePart }) => (
  <p className="why">
    {part.name === 'scaling' ? strings.receipt.scalingWhy : (part.silent ?? strings.receipt.nothing)}
  </p>
);

interface ProofProps {
  readonly proof: Evidence;
  readonly clip: Clip;
  readonly player: Player;
  readonly more?: number;
}

/** A quote, its second and its points; a click plays from one second before it. */
function Proof({ proof, clip, player, more = 0 }: ProofProps) {
  return (
    <button
      type="button"
      className="why num"
      aria-label={`${strings.receipt.playFrom(proof.text)}, ${formatClock(proof.fromS)}, ${signed(proof.points)}`}
      onClick={() => {
        player.play(fromEvidence(clip, proof.fromS));
      }}
    >
      {clip.foundBy === 'ear' ? (
        <span className="cut">{proof.text}</span>
      ) : (
        <q className={proof.points < 0 ? 'cut red' : 'cut'}>{proof.text}</q>
      )}
      {more > 0 && <span className="more dim">{strings.receipt.more(more)}</span>}
      <time>{formatClock(proof.fromS)}</time>
      <span className={proof.points < 0 ? 'worth-n cost' : 'worth-n'}>{signed(proof.points)}</span>
    </button>
  );
}
