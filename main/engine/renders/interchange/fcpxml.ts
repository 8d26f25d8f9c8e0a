import { pathToFileURL } from 'node:url';
import { type FrameRate, isDropRate, toFrames } from '../../../domain/timecode.ts';
import { type CutList, framedCuts } from './cutList.ts';
import { attributes, xmlText } from './xml.ts';

/** Sound alone needs a canvas to be laid on. */
const CANVAS = { width: 1920, height: 1080 };

/** Final Cut Pro X XML 1.8: a project of the clips one after another; times are whole frames as fractions of a second. */
export function writeFcpxml(list: CutList): string {
  const { rate, picture, sound, episode } = list;
  const time = (frames: number): string => fraction(frames, rate);
  const cuts = framedCuts(list.cuts, rate);
  const size = picture ?? CANVAS;
  const format = attributes({
    id: 'r1',
    frameDuration: time(1),
    width: String(size.width),
    height: String(size.height),
  });
  const asset = attributes({
    id: 'r2',
    name: episode.title,
    src: pathToFileURL(episode.path).href,
    start: '0s',
    duration: time(toFrames(episode.durationS, rate)),
    ...(picture === undefined ? {} : { hasVideo: '1', format: 'r1' }),
    ...(sound === undefined
      ? {}
      : {
          hasAudio: '1',
          audioSources: '1',
          audioChannels: String(sound.channels),
          audioRate: String(sound.sampleRateHz),
        }),
  });
  let offset = 0;
  const clips = cuts.map(({ cut, inFrame, outFrame }) => {
    const at = attributes({
      name: cut.title,
      ref: 'r2',
      offset: time(offset),
      start: time(inFrame),
      duration: time(outFrame - inFrame),
      tcFormat: isDropRate(rate) ? 'DF' : 'NDF',
    });
    offset += outFrame - inFrame;
    return `            <asset-clip${at}>\n              <note>${xmlText(cut.clipId)}</note>\n            </asset-clip>`;
  });
  const sequence = attributes({
    format: 'r1',
    duration: time(offset),
    tcStart: '0s',
    tcFormat: isDropRate(rate) ? 'DF' : 'NDF',
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE fcpxml>',
    '<fcpxml version="1.8">',
    '  <resources>',
    `    <format${format}/>`,
    `    <asset${asset}/>`,
    '  </resources>',
    '  <library>',
    `    <event${attributes({ name: episode.showName })}>`,
    `      <project${attributes({ name: episode.title })}>`,
    `        <sequence${sequence}>`,
    '          <spine>',
    ...clips,
    '          </spine>',
    '        </sequence>',
    '      </project>',
    '    </event>',
    '  </library>',
    '</fcpxml>',
    '',
  ].join('\n');
}

/** Seconds as Final Cut writes them: 1001/30000s, whole seconds as 5s. */
function fraction(frames: number, { numerator, denominator }: FrameRate): string {
  const above = frames * denominator;
  return above % numerator === 0 ? `${above / numerator}s` : `${above}/${numerator}s`;
}
