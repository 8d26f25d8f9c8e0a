import { basename } from 'node:path';
import { AppError } from '../../../domain/errors.ts';
import {
  frameOf,
  type FrameRate,
  isDropRate,
  timecodeOf,
  toFrames,
  toSeconds,
} from '../../../domain/timecode.ts';
import { type CutList, framedCuts, oneLine } from './cutList.ts';
import type { ReadCut, ReadCuts } from './matchCuts.ts';

const LONGEST_TITLE = 70;
/** Programmes begin at one hour by custom. */
const RECORD_FROM_S = 3600;
const ID_COMMENT = 'SOUNDBITE CLIP';

/**
 * CMX 3600: the clips one after another, cut from the auxiliary source AX as files are, in timecode of the recording's
 * rate; drop-frame for 29.97 and 59.94.
 */
export function writeEdl(list: CutList): string {
  const { rate, episode } = list;
  const channels = list.picture === undefined ? 'AA' : list.sound === undefined ? 'V' : 'AA/V';
  let record = toFrames(RECORD_FROM_S, rate);
  const events = framedCuts(list.cuts, rate).map(({ cut, inFrame, outFrame }, index) => {
    const from = record;
    record += outFrame - inFrame;
    const times = [inFrame, outFrame, from, record].map((frame) => timecodeOf(frame, rate)).join(' ');
    return [
      `${String(index + 1).padStart(3, '0')}  AX       ${channels.padEnd(5)} C        ${times}`,
      `* FROM CLIP NAME: ${oneLine(basename(episode.path))}`,
      `* COMMENT: ${oneLine(cut.title)}`,
      `* ${ID_COMMENT}: ${cut.clipId}`,
    ].join('\n');
  });
  const head = [
    `TITLE: ${Array.from(oneLine(episode.title)).slice(0, LONGEST_TITLE).join('')}`,
    `FCM: ${isDropRate(rate) ? 'DROP FRAME' : 'NON-DROP FRAME'}`,
  ];
  return `${[...head, '', ...events].join('\n')}\n`;
}

const CODE = String.raw`(\d{2}:\d{2}:\d{2}[:;.]\d{2,3})`;
const EVENT = new RegExp(
  String.raw`^\s*(\d{1,6})\s+(\S+)\s+(\S+)\s+(\S.*?)\s+${CODE}\s+${CODE}\s+${CODE}\s+${CODE}\s*$`,
  'u',
);
const COMMENT = /^\s*\*\s*([A-Z ]+?)\s*:\s*(.*?)\s*$/u;
const SPEED = /^\s*M2\s/u;

/**
 * The events of a CMX 3600 list as cuts of a recording of this rate, which the list itself does not name. Picture and
 * sound of one cut may be events of their own. Throws BAD_INPUT for a list without events or with a timecode that is none.
 */
export function readEdl(text: string, rate: FrameRate): ReadCuts {
  const cuts: (ReadCut & { clipId?: string; name: string })[] = [];
  const notes: string[] = [];
  let isDrop = false;
  for (const line of text.split(/\r\n|[\r\n]/u)) {
    if (/^\s*FCM:/iu.test(line)) isDrop = !/NON[- ]DROP/iu.test(line);
    const event = EVENT.exec(line);
    const last = cuts.at(-1);
    if (event !== null) {
      const [, , , , , from = '', to = ''] = event;
      const seconds = (code: string): number => secondsOf(code, rate, isDrop);
      cuts.push({ name: '', range: { fromS: seconds(from), toS: seconds(to) } });
    } else if (SPEED.test(line) && last !== undefined) {
      cuts.pop();
      notes.push(
        `Event ${cuts.length + notes.length + 1} is left as it is: its speed was changed, which a clip cannot hold.`,
      );
    } else if (last !== undefined) {
      const [, key, value = ''] = COMMENT.exec(line) ?? [];
      if (key === ID_COMMENT) last.clipId = value;
      if (key === 'COMMENT') last.name = value;
    }
  }
  if (cuts.length + notes.length === 0)
    throw new AppError('BAD_INPUT', 'this is no CMX 3600 list: it holds no event');
  return { cuts, notes };
}

function secondsOf(code: string, rate: FrameRate, isDrop: boolean): number {
  const frame = frameOf(code, rate, isDrop || code.includes(';'));
  if (frame === undefined)
    throw new AppError('BAD_INPUT', `${code} is no timecode at the rate of this episode`);
  return toSeconds(frame, rate);
}
