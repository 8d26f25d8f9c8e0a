/** Longer than any recording; beyond it a number is no time but a mistake. */
export const LATEST_TIME_S = 1_000 * 3_600;

// Hours may be missing, the decimals may follow a comma, a dot or (in some exports) a colon, and blanks may stray in.
const CLOCK = /^(?:(\d{1,4})\s?:\s?)?(\d{1,3})\s?:\s?(\d{1,2})(?:\s?[.,]\s?(\d{1,9})|:(\d{3}))?$/;

/** Seconds of a clock such as 01:02:03,500, 1:02:03.5 or 02:03, or undefined where it is none. */
export function parseClock(text: string): number | undefined {
  const match = CLOCK.exec(text.trim());
  if (match === null) return undefined;
  const [, hours = '0', minutes = '', seconds = '', decimals, colonDecimals] = match;
  const fraction = decimals ?? colonDecimals ?? '0';
  const timeS =
    Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(fraction) / 10 ** fraction.length;
  return timeS <= LATEST_TIME_S ? timeS : undefined;
}

/** The two ends of a line such as "00:01,000 --> 00:02,000 align:start"; an end that cannot be read is undefined. */
export interface TimingLine {
  readonly fromS: number | undefined;
  readonly toS: number | undefined;
}

const ARROW = /\s*(?:--?\s?>|[–—=]>|→)\s*/u;
const CLOCK_AT_START = /^[\d:.,]+(?:\s?[:.,]\s?[\d:.,]+)*(?=\s|$)/;

/** Undefined for a line that is not about times, even if it holds an arrow. */
export function parseTimingLine(line: string): TimingLine | undefined {
  if (!line.includes('>') && !line.includes('→')) return undefined;
  const head = line.slice(0, 120).trim();
  const arrow = ARROW.exec(head);
  if (arrow === null) return undefined;
  const left = head.slice(0, arrow.index);
  const right = head.slice(arrow.index + arrow[0].length);
  if (!/^\d/.test(left) && !/^\d/.test(right)) return undefined;
  if (!left.includes(':') && !right.includes(':')) return undefined;
  const end = CLOCK_AT_START.exec(right)?.[0] ?? '';
  return { fromS: parseClock(left), toS: parseClock(end) };
}
