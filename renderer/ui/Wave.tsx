import { useEffect, useRef } from 'react';

/** A stretch of the wave that stands out, as shares of its width. */
export interface Lit {
  readonly from: number;
  readonly to: number;
}

interface WaveProps {
  readonly columns: readonly number[];
  readonly lit: readonly Lit[];
  /** Stretches that are left empty. */
  readonly gaps?: readonly Lit[];
  readonly theme: string;
  readonly pitch?: number;
  readonly hasCore?: boolean;
}

const isIn = (ranges: readonly Lit[], at: number): boolean =>
  ranges.some(({ from, to }) => at >= from && at < to);

/** The loudest column fills the height, but silence is not blown up. */
const QUIETEST_PEAK = 0.3;

function paint(
  canvas: HTMLCanvasElement,
  { columns, lit, gaps = [], pitch = 2, hasCore = false }: WaveProps,
): void {
  const { width, height } = canvas.getBoundingClientRect();
  const pen = canvas.getContext('2d');
  if (pen === null || width < 1) return;
  const scale = devicePixelRatio;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  pen.scale(scale, scale);
  const style = getComputedStyle(canvas);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const [quiet, mid, loud] = [colour('--wave-quiet'), colour('--wave-mid'), colour('--wave-core')];
  const count = Math.floor(width / pitch);
  const peak = columns.reduce((most, level) => Math.max(most, level), QUIETEST_PEAK);
  for (let bar = 0; bar < count; bar += 1) {
    const at = bar / count;
    if (isIn(gaps, at)) continue;
    const level = (columns[Math.floor(at * columns.length)] ?? 0) / peak;
    const half = Math.max(0.5, level ** 2.2 * (height / 2 - 1));
    const isLit = isIn(lit, at);
    pen.fillStyle = isLit ? (hasCore ? mid : loud) : quiet;
    pen.fillRect(bar * pitch, height / 2 - half, 1, half * 2);
    if (!isLit || !hasCore) continue;
    pen.fillStyle = loud;
    pen.fillRect(bar * pitch, height / 2 - half * 0.62, 1, half * 1.24);
  }
}

/** How loud it is over time. Said in words elsewhere, so that a reader passes it over. */
export function Wave(props: WaveProps) {
  const element = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const canvas = element.current;
    if (canvas === null) return;
    const draw = (): void => {
      paint(canvas, props);
    };
    draw();
    const watch = new ResizeObserver(draw);
    watch.observe(canvas);
    return () => {
      watch.disconnect();
    };
  }, [props]);
  return <canvas ref={element} className="wave" aria-hidden="true" />;
}
