import type { ScorePart } from '../../../main/domain/clip.ts';
import { tallyOf } from '../../selectors/tally.ts';
import { strings } from '../../strings.ts';
import { Cells } from '../../ui/Cells.tsx';
import { Tally } from '../../ui/Tally.tsx';

const part = (name: string, points: number, max: number): ScorePart => ({ name, points, max, because: [] });

/** A made-up receipt with the parts of a real one. */
const EXAMPLE = [
  part('theme', 22, 30),
  part('insight', 16, 22),
  part('stakes', 8, 12),
  part('hook', 6, 7),
  part('standsAlone', 3, 7),
  part('landing', 6, 6),
  part('quotability', 5, 5),
  part('delivery', 4, 5),
  part('story', 1, 2),
  part('pace', 2, 2),
  part('placement', 1, 2),
];
const SHOWN = ['hook', 'standsAlone', 'landing', 'insight'];

/** What the marks and ticks mean, before the first score is seen. */
export function HowToRead() {
  const ticks = tallyOf(EXAMPLE, 74);
  const { reading } = strings;
  return (
    <section className="how" aria-label={reading.title}>
      <div className="stagebox">
        <header>
          <h2>{reading.title}</h2>
        </header>
        <div className="quote">
          <span className="n">1</span>
          <p>
            I set <mark className="red">it</mark>
            <sup className="cost">{'\u2212'}1</sup> right. <mark>That was the mistake.</mark>
            <sup className="gain">+6</sup> It had been running <mark>four minutes fast for nine years</mark>
            <sup className="gain">+4</sup>, and nobody had noticed except me.
          </p>
          <small className="mid">{reading.marked}</small>
        </div>
        <div className="slip-row">
          <span className="n">2</span>
          <div className="paper-wrap">
            <article className="paper">
              <div className="total">
                <span className="score">74</span>
                <span className="of">/ 100</span>
              </div>
              <div className="barcode">
                <Tally groups={ticks.groups} cost={0} size="large" />
              </div>
              <ol>
                {EXAMPLE.filter(({ name }) => SHOWN.includes(name))
                  .sort((a, b) => SHOWN.indexOf(a.name) - SHOWN.indexOf(b.name))
                  .map(({ name, points, max }) => (
                    <li key={name}>
                      <b>{strings.receipt.parts[name]}</b>
                      <Cells points={points} max={max} />
                      <span className="pts num">
                        <b>{points}</b> / {max}
                      </span>
                    </li>
                  ))}
              </ol>
            </article>
          </div>
          <ul className="caps mid">
            <li>{reading.ticks}</li>
            <li>{reading.adds}</li>
          </ul>
        </div>
      </div>
    </section>
  );
}
