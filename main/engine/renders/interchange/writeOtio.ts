import { pathToFileURL } from 'node:url';
import { framesPerS, type FrameRate, toFrames } from '../../../domain/timecode.ts';
import { type CutList, type FramedCut, framedCuts, oneLine } from './cutList.ts';

/** Where our own words stand in the metadata of an OTIO object. */
export const OTIO_METADATA = 'soundbite';
const MEDIA_KEY = 'DEFAULT_MEDIA';

/** Sound alone is counted in samples of 48 kHz: every millisecond is a whole number of them. */
const SAMPLES: FrameRate = { numerator: 48_000, denominator: 1 };

/** The clock of an OTIO list: the picture's frames, or samples of sound. */
export const otioRate = ({ rate, picture }: Pick<CutList, 'rate' | 'picture'>): FrameRate =>
  picture === undefined ? SAMPLES : rate;

/**
 * OpenTimelineIO (https://opentimelineio.readthedocs.io, serialized schema): a timeline of the clips one after another,
 * on a picture track where there is a picture and on a sound track. Times are those of the recording.
 */
export function writeOtio(list: CutList): string {
  const rate = otioRate(list);
  const cuts = framedCuts(list.cuts, rate);
  const kinds = [
    ...(list.picture === undefined ? [] : ['Video']),
    ...(list.sound === undefined ? [] : ['Audio']),
  ];
  const timeline = {
    OTIO_SCHEMA: 'Timeline.1',
    metadata: { [OTIO_METADATA]: { show: oneLine(list.episode.showName) } },
    name: oneLine(list.episode.title),
    global_start_time: null,
    tracks: {
      OTIO_SCHEMA: 'Stack.1',
      ...item('tracks', null),
      children: kinds.map((kind) => ({
        OTIO_SCHEMA: 'Track.1',
        ...item(kind, null),
        kind,
        children: cuts.map((framed) => clipOf(framed, list, rate)),
      })),
    },
  };
  return `${JSON.stringify(timeline, null, 2)}\n`;
}

const item = (name: string, sourceRange: object | null, metadata: object = {}) => ({
  metadata,
  name,
  source_range: sourceRange,
  effects: [],
  markers: [],
  enabled: true,
});

const clipOf = ({ cut, inFrame, outFrame }: FramedCut, { episode }: CutList, rate: FrameRate) => ({
  OTIO_SCHEMA: 'Clip.2',
  ...item(oneLine(cut.title), timeRange(inFrame, outFrame - inFrame, rate), {
    [OTIO_METADATA]: { clipId: cut.clipId },
  }),
  media_references: {
    [MEDIA_KEY]: {
      OTIO_SCHEMA: 'ExternalReference.1',
      metadata: {},
      name: oneLine(episode.title),
      available_range: timeRange(0, toFrames(episode.durationS, rate), rate),
      available_image_bounds: null,
      target_url: pathToFileURL(episode.path).href,
    },
  },
  active_media_reference_key: MEDIA_KEY,
});

const timeRange = (start: number, duration: number, rate: FrameRate) => ({
  OTIO_SCHEMA: 'TimeRange.1',
  start_time: rationalTime(start, rate),
  duration: rationalTime(duration, rate),
});

const rationalTime = (value: number, rate: FrameRate) => ({
  OTIO_SCHEMA: 'RationalTime.1',
  rate: framesPerS(rate),
  value,
});
