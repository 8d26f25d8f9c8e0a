import { PRESETS, type PresetId } from '../../../main/domain/preset.ts';

interface FrameProps {
  readonly preset: PresetId;
  /** 0 to 1 of the file that is made. */
  readonly share: number;
  readonly heightPx?: number;
}

/** A platform's frame in its true proportions with its safe box; sound alone is drawn as bars. */
export function Frame({ preset: id, share, heightPx = 64 }: FrameProps) {
  const preset = PRESETS[id];
  const [width, height] = preset.kind === 'video' ? [preset.width, preset.height] : [1080, 1350];
  const scale = heightPx / Math.max(height, width * 0.75);
  const [w, h] = [width * scale, height * scale];
  return (
    <svg
      className="frame"
      width={w}
      height={heightPx}
      viewBox={`0 ${h - heightPx} ${w} ${heightPx}`}
      aria-hidden="true"
    >
      <rect className="frame-back" width={w} height={h} rx="4" />
      <rect className="frame-done" y={h * (1 - share)} width={w} height={h * share} rx="4" />
      {preset.kind === 'video' ? (
        <rect
          className="frame-safe"
          x={preset.safeArea.leftPx * scale}
          y={preset.safeArea.topPx * scale}
          width={w - (preset.safeArea.leftPx + preset.safeArea.rightPx) * scale}
          height={h - (preset.safeArea.topPx + preset.safeArea.bottomPx) * scale}
          rx="1.5"
        />
      ) : (
        <path
          className="frame-bars"
          d={[5, 12, 20, 9, 24, 14, 18, 7, 11, 4]
            .map((bar, at) => `M${w / 2 - 18 + at * 4} ${h / 2 - bar / 2}v${bar}`)
            .join('')}
        />
      )}
    </svg>
  );
}
