import type { FfmpegInput } from '../media/ffmpeg.ts';
import type { RenderSource, SourcedRange } from './order.ts';

/** Consecutive ranges of one file that are read in one go: a seek costs a decoder and the way from its key frame. */
export interface Read {
  readonly source: RenderSource;
  readonly fromS: number;
  readonly toS: number;
  readonly ranges: readonly SourcedRange[];
}

/** Reading on over a gap as long as this costs less than another decoder that starts at the key frame before. */
const LONGEST_GAP_S = 5;

/** The ranges in their order, grouped where one file is read forwards with no more than short gaps. */
export function groupReads(ranges: readonly SourcedRange[]): Read[] {
  const reads: Read[] = [];
  for (const sourced of ranges) {
    const { range, source } = sourced;
    const last = reads.at(-1);
    const gapS = last === undefined ? 0 : range.fromS - last.toS;
    if (last !== undefined && last.source === source && gapS >= 0 && gapS <= LONGEST_GAP_S) {
      reads[reads.length - 1] = { ...last, toS: range.toS, ranges: [...last.ranges, sourced] };
    } else {
      reads.push({ source, fromS: range.fromS, toS: range.toS, ranges: [sourced] });
    }
  }
  return reads;
}

/** Files that are read, and the chains that take each range out of them. */
export interface ReadPlan {
  readonly inputs: readonly FfmpegInput[];
  readonly chains: readonly string[];
}
