import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { MediaTools } from '../../main/engine/media/tools.ts';

/** What a camera shows: both people, or one of them large. */
export type Shot = 'both' | 'left' | 'right';

export interface HeadsOrder {
  readonly shots: readonly { readonly shot: Shot; readonly durationS: number }[];
  readonly framesPerSecond?: number;
  /** Options of the encoder and the sound, before the path. */
  readonly options: readonly string[];
  /** Filters after the picture is drawn; grain is always there. */
  readonly filters?: string;
}

const SIZE = { width: 1920, height: 1080 };
const CIRCLE =
  'm 0 -100 b 55 -100 100 -55 100 0 b 100 55 55 100 0 100 b -55 100 -100 55 -100 0 b -100 -55 -55 -100 0 -100';
const PEOPLE = {
  left: { x: 520, skin: '&H8FB4E6&', shirt: '&H6A4A2C&', hair: '&H1E2A3C&' },
  right: { x: 1400, skin: '&H5A86B8&', shirt: '&H3C6E8C&', hair: '&H141414&' },
} as const;

/** Two people at a table as ellipses that nod and sway over a soft wall, with grain: cheap to make, and it moves like talk. */
export async function makeTalkingHeads(tools: MediaTools, path: string, order: HeadsOrder): Promise<void> {
  const folder = join(path, '..');
  await writeFile(join(folder, 'heads.ass'), script(order.shots));
  const durationS = order.shots.reduce((sum, shot) => sum + shot.durationS, 0);
  const wall = `color=c=0x39424e:s=16x9:r=${order.framesPerSecond ?? 30}:d=${durationS}`;
  const filters = [
    `geq=lum='60+40*exp(-((X-5)*(X-5)+(Y-3)*(Y-3))/30)':cb='132-X/3':cr='122+Y/3'`,
    'scale=1920:1080:flags=bicubic,setsar=1',
    'ass=heads.ass',
    'noise=alls=5:allf=t',
    order.filters ?? 'null',
  ];
  const talk = `aevalsrc='0.25*(0.6+0.4*sin(2*PI*4*t))*sin(2*PI*160*t+2*sin(2*PI*320*t))*gt(mod(t,3),0.4)':d=${durationS}:s=48000:c=stereo`;
  await execa(
    tools.ffmpeg,
    [
      ...['-nostdin', '-v', 'error', '-y', '-f', 'lavfi', '-i', wall, '-f', 'lavfi', '-i', talk],
      ...['-vf', filters.join(','), ...order.options, path],
    ],
    { cwd: folder, stdin: 'ignore' },
  );
}

function script(shots: HeadsOrder['shots']): string {
  let fromS = 0;
  const lines = shots.flatMap(({ shot, durationS }) => {
    const startS = fromS;
    fromS += durationS;
    return figures(shot, startS, durationS);
  });
  return [
    '[Script Info]',
    'ScriptType: v4.00+',
    `PlayResX: ${SIZE.width}`,
    `PlayResY: ${SIZE.height}`,
    '[V4+ Styles]',
    'Format: Name, Fontname, Fontsize, PrimaryColour, OutlineColour, Outline, Alignment',
    'Style: Plain,Sans,20,&H00FFFFFF,&H00000000,0,7',
    '[Events]',
    'Format: Layer, Start, End, Style, Text',
    ...lines,
    '',
  ].join('\n');
}

const SWAY_S = 0.8;

function figures(shot: Shot, fromS: number, durationS: number): string[] {
  const lines: string[] = [];
  for (let step = 0; step * SWAY_S < durationS; step += 1) {
    const [startS, endS] = [fromS + step * SWAY_S, fromS + Math.min(durationS, (step + 1) * SWAY_S)];
    for (const who of ['left', 'right'] as const) {
      if (shot !== 'both' && shot !== who) continue;
      const { scale, x, y } =
        shot === 'both' ? { scale: 1, x: PEOPLE[who].x, y: 430 } : { scale: 1.9, x: 960, y: 440 };
      lines.push(...figure(PEOPLE[who], { scale, x, y, step, startS, endS }));
    }
  }
  return lines;
}

function figure(
  person: (typeof PEOPLE)[keyof typeof PEOPLE],
  at: { scale: number; x: number; y: number; step: number; startS: number; endS: number },
): string[] {
  const sway = (step: number) => [Math.sin(step * 1.7) * 14 * at.scale, Math.cos(step * 2.3) * 8 * at.scale];
  const [fromX = 0, fromY = 0] = sway(at.step);
  const [toX = 0, toY = 0] = sway(at.step + 1);
  const part = (layer: number, colour: string, dx: number, dy: number, width: number, height: number) => {
    const [x, y] = [at.x + dx * at.scale, at.y + dy * at.scale];
    const move = `\\move(${(x + fromX).toFixed(1)},${(y + fromY).toFixed(1)},${(x + toX).toFixed(1)},${(y + toY).toFixed(1)})`;
    const size = `\\fscx${(width * at.scale).toFixed(0)}\\fscy${(height * at.scale).toFixed(0)}`;
    return `Dialogue: ${layer},${clock(at.startS)},${clock(at.endS)},Plain,{\\an7${move}${size}\\1c${colour}\\bord0\\blur3\\p1}${CIRCLE}`;
  };
  return [
    part(0, person.shirt, 0, 480, 270, 290),
    part(1, person.hair, 0, -30, 132, 160),
    part(2, person.skin, 0, 10, 112, 142),
    part(3, '&H101014&', -42, -10, 12, 9),
    part(3, '&H101014&', 42, -10, 12, 9),
    part(3, '&H30306A&', 0, 72, 34, at.step % 2 === 0 ? 14 : 5),
  ];
}

const clock = (seconds: number): string =>
  `0:${String(Math.floor(seconds / 60)).padStart(2, '0')}:${(seconds % 60).toFixed(2).padStart(5, '0')}`;
