import { writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { findTools } from '../../main/engine/media/tools.ts';
import { writeSrt, type SubtitleCue } from './cues.ts';
import { seeded } from './soundscape.ts';

const bundled = await findTools({ PATH: '' });
const ffmpeg = (args: readonly string[]) =>
  execa(bundled.ffmpeg, ['-nostdin', '-v', 'error', '-y', ...args], { stdin: 'ignore' });

const LINES = [
  'Nobody believed me when I said that the bridge was still standing.',
  'So I asked the oldest woman in the village what she remembered.',
  'She told me that the market had always been on the other side.',
  'Because of that one sentence I changed everything about the garden.',
  'You should never trust a map that somebody drew in winter.',
  'What would you have done with a lamp and no light at all?',
];

/** Sentences of three to four seconds with pauses between them, on a clock of hundredths. */
export function sentences(durationS: number): SubtitleCue[] {
  const random = seeded(11);
  const hundredths = (timeS: number): number => Math.round(timeS * 100) / 100;
  const cues: SubtitleCue[] = [];
  for (let nowS = 1; nowS + 5 < durationS;) {
    const toS = nowS + 3 + random();
    const text = (LINES[cues.length % LINES.length] ?? '').replace(
      /^\w+/,
      (word) => `${word} ${cues.length}`,
    );
    cues.push({ fromS: hundredths(nowS), toS: hundredths(toS), text });
    nowS = toS + 0.4 + random() * 0.6;
  }
  return cues;
}

/** Noise that is loud where somebody would speak, uneven as speech is, over a little of it everywhere. */
const speechLike = (cues: readonly SubtitleCue[]): string => {
  const spoken = cues.map(({ fromS, toS }) => `between(t,${fromS},${toS})`).join('+');
  const uneven = '0.5+0.3*sin(19*t+3*sin(0.7*t))+0.2*sin(31*t+5*sin(0.31*t))';
  return `(random(0)-0.5)*(0.003+0.4*(${spoken})*(${uneven}))`;
};

/** A recording of noise that rises and falls with the sentences of the SRT beside it. */
export async function makeTalk(wavPath: string, srtPath: string, durationS: number): Promise<SubtitleCue[]> {
  const cues = sentences(durationS);
  await ffmpeg(['-f', 'lavfi', '-i', `aevalsrc='${speechLike(cues)}':s=16000:d=${durationS}`, wavPath]);
  await writeFile(srtPath, writeSrt(cues));
  return cues;
}

export interface Cutting {
  readonly insertAtS: number;
  readonly insertS: number;
  readonly cutFromS: number;
  readonly cutToS: number;
}

/** The recording with something put in, something later cut out, 6 dB quieter, and as an MP3. */
export async function makeNewVersion(wavPath: string, mp3Path: string, cutting: Cutting): Promise<void> {
  const { insertAtS, insertS, cutFromS, cutToS } = cutting;
  const advert = `(random(1)-0.5)*(0.3+0.25*sin(7*t+2*sin(1.3*t)))`;
  const part = (from: string, to: string, name: string): string =>
    `[0:a]atrim=${from}:${to},asetpts=PTS-STARTPTS[${name}]`;
  await ffmpeg([
    ...['-i', wavPath, '-f', 'lavfi', '-i', `aevalsrc='${advert}':s=16000:d=${insertS}`],
    '-filter_complex',
    [
      part('0', String(insertAtS), 'a'),
      part(String(insertAtS), String(cutFromS), 'b'),
      `[0:a]atrim=start=${cutToS},asetpts=PTS-STARTPTS[c]`,
      '[a][1:a][b][c]concat=n=4:v=0:a=1,volume=0.5[out]',
    ].join(';'),
    ...['-map', '[out]', '-ar', '44100', '-c:a', 'libmp3lame', '-b:a', '64k', mp3Path],
  ]);
}
