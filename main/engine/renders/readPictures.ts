import { lengthS } from '../../domain/time.ts';
import type { FfmpegInput } from '../media/ffmpeg.ts';
import { fileUrl, INPUT_GUARDS } from '../media/inputs.ts';
import { framesIn } from './frame.ts';
import type { SourcedRange } from './order.ts';
import { groupReads, type ReadPlan } from './reads.ts';

/** What is shown of a range: so many whole frames, the first of them as the source's clock has it at fromS. */
export interface FramedRange extends SourcedRange {
  readonly pictureFromS: number;
  readonly frames: number;
}

/**
 * Divides the clip's frames among its ranges. A join may fall between two frames; the range that the nearest frame
 * belongs to then begins its picture as much earlier or later, so that sound and picture never drift apart, however
 * many ranges there are.
 */
export function framedRanges(ranges: readonly SourcedRange[], framesPerSecond: number): FramedRange[] {
  const total = framesIn(
    ranges.reduce((sum, { range }) => sum + lengthS(range), 0),
    framesPerSecond,
  );
  let atS = 0;
  let atFrame = 0;
  return ranges.map((sourced, index) => {
    const startS = atS;
    const startFrame = atFrame;
    atS += lengthS(sourced.range);
    atFrame = index === ranges.length - 1 ? total : Math.round(atS * framesPerSecond);
    const shiftS = startFrame / framesPerSecond - startS;
    return {
      ...sourced,
      pictureFromS: Math.max(0, sourced.range.fromS + shiftS),
      frames: Math.max(1, atFrame - startFrame),
    };
  });
}

/**
 * The inputs, which mostly follow the sound as input 0, and chains that end in [r0], [r1], …: each range's picture at a constant frame rate from
 * its first frame on. Decoding starts at the key frame before the cut and nothing is dropped before the frame rate is
 * made constant: the picture at the cut may be one that began long before it, as slides and screen recordings do.
 */
export function readPictures(
  ranges: readonly FramedRange[],
  framesPerSecond: number,
  firstInput = 1,
): ReadPlan {
  const inputs: FfmpegInput[] = [];
  const chains: string[] = [];
  let first = 0;
  for (const read of groupReads(ranges)) {
    const own = ranges.slice(first, first + read.ranges.length);
    const seekS = own[0]?.pictureFromS ?? read.fromS;
    const stream = `[${inputs.length + firstInput}:${read.source.facts.video?.index ?? 'v'}]`;
    const label = (index: number): string => (own.length > 1 ? `[g${first + index}]` : stream);
    if (own.length > 1) {
      chains.push(`${stream}split=${own.length}${own.map((_, index) => label(index)).join('')}`);
    }
    own.forEach(({ pictureFromS, frames }, index) => {
      const constant = `fps=${framesPerSecond}:start_time=${(pictureFromS - seekS).toFixed(6)}`;
      chains.push(
        `${label(index)}${constant},trim=end_frame=${frames},setpts=PTS-STARTPTS[r${first + index}]`,
      );
    });
    inputs.push({
      source: fileUrl(read.source.path),
      options: [...INPUT_GUARDS, '-an', '-noaccurate_seek', '-ss', seekS.toFixed(6)],
    });
    first += own.length;
  }
  return { inputs, chains };
}
