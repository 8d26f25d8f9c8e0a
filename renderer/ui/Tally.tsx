/** Ticks of one group: tall for earned, short for missed. */
export interface TallyGroup {
  readonly name: string;
  readonly earned: number;
  readonly missed: number;
}

interface TallyProps {
  readonly groups: readonly TallyGroup[];
  /** Ticks below the line. */
  readonly cost: number;
  readonly size: 'card' | 'slip' | 'large';
  /** The group pointed at; the others stand back. */
  readonly lit?: string | null;
}

const SIZES = {
  card: { pitch: 2, thick: 1, gap: 3, tall: 10, short: 4 },
  slip: { pitch: 3, thick: 2, gap: 2, tall: 30, short: 8 },
  large: { pitch: 4, thick: 3, gap: 4, tall: 34, short: 9 },
} as const;

const FULL_TICKS = 100;

/** The barcode of a score: one tick for every point. It is read aloud as the parts beside it, never as ticks. */
export function Tally({ groups, cost, size, lit = null }: TallyProps) {
  const { thick, gap, tall, short, ...sizes } = SIZES[size];
  // The maxima of a part set may add up to more than 100; the barcode keeps its width all the same.
  const ticks = groups.reduce((sum, { earned, missed }) => sum + earned + missed, 0);
  const pitch = sizes.pitch * Math.min(1, FULL_TICKS / ticks);
  const starts: number[] = [];
  let x = 0;
  for (const group of groups) {
    starts.push(x);
    x += (group.earned + group.missed) * pitch + gap;
  }
  const width = Math.max(1, x - gap);
  const height = tall + (cost > 0 ? short + 2 : 0);
  return (
    <svg
      className={lit === null ? 'tally' : 'tally probe'}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      shapeRendering="crispEdges"
      aria-hidden="true"
    >
      {groups.map((group, at) => (
        <g key={group.name} className={group.name === lit ? 'on' : undefined}>
          {Array.from({ length: group.earned + group.missed }, (_unused, tick) => {
            const isEarned = tick < group.earned;
            return (
              <rect
                key={tick}
                className={isEarned ? 'e' : 'm'}
                x={(starts[at] ?? 0) + tick * pitch}
                y={isEarned ? 0 : tall - short}
                width={thick}
                height={isEarned ? tall : short}
              />
            );
          })}
        </g>
      ))}
      {Array.from({ length: cost }, (_unused, tick) => (
        <rect
          key={tick}
          className="c"
          x={width - (tick + 1) * pitch}
          y={tall + 2}
          width={thick}
          height={short}
        />
      ))}
    </svg>
  );
}
