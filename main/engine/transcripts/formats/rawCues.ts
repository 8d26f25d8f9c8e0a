import type { TimeRange } from '../../../domain/time.ts';
import { parseClock } from './clock.ts';

/** A word as a subtitle file holds it: with the time of a tag before it and the voice it stands in, where there are any. */
export interface RawToken {
  readonly text: string;
  readonly atS?: number;
  readonly voice?: string;
}

/** A cue before repeated lines are dropped and speakers are named: its lines still matter. */
export interface RawCue extends TimeRange {
  readonly lines: readonly (readonly RawToken[])[];
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  lrm: '',
  rlm: '',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
};

/** Text with its HTML entities resolved; what is no entity stays as it is. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));/g, (whole, ...parts) => {
    const [decimal, hex, name] = parts as (string | undefined)[];
    if (name !== undefined) return Object.hasOwn(ENTITIES, name) ? (ENTITIES[name] ?? whole) : whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    const isCharacter = code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : whole;
  });
}

// A tag begins with a letter, a slash or a digit right after "<"; "x < y" and "<3" are text.
const TAG = /<(\/?[a-zA-Z][^<>]{0,300}|\/|\d[\d:.,]{3,14})>/g;
// {\an8} and the like: positions that SubStation leaves in SRT files.
const OVERRIDE = /\{\\[^{}]{0,200}\}/g;

/** Reads the lines of one cue: tags are taken off, but word times and voices are kept. */
export function readCueLines(lines: readonly string[]): RawToken[][] {
  const reader = new CueReader();
  return lines.map((line) => reader.readLine(line)).filter((tokens) => tokens.length > 0);
}

class CueReader {
  private voice: string | undefined;
  private atS: number | undefined;

  readLine(line: string): RawToken[] {
    const tokens: RawToken[] = [];
    const text = line.includes('{\\') ? line.replace(OVERRIDE, '') : line;
    let done = 0;
    // A tag inside a word ("un<i>believ</i>able") does not cut it in two.
    let pending = '';
    for (const match of text.matchAll(TAG)) {
      pending += text.slice(done, match.index);
      done = match.index + match[0].length;
      const tag = match[1] ?? '';
      if (!this.changes(tag)) {
        if (/^br\b/i.test(tag)) pending += ' ';
        continue;
      }
      this.take(pending, tokens);
      pending = '';
      this.apply(tag);
    }
    this.take(pending + text.slice(done), tokens);
    return tokens;
  }

  private changes(tag: string): boolean {
    return /^\d/.test(tag) || /^\/?v(?=[\s.]|$)/.test(tag);
  }

  private apply(tag: string): void {
    if (/^\d/.test(tag)) {
      this.atS = parseClock(tag);
      return;
    }
    const name = /^v(?:\.\S*)?\s+(.+)$/.exec(tag)?.[1];
    this.voice = name === undefined ? undefined : decodeEntities(name).trim();
  }

  private take(raw: string, tokens: RawToken[]): void {
    // ">>" marks a change of speaker and may stick to the first word.
    const text = decodeEntities(raw).replace(/>>+/g, ' >> ');
    for (const piece of text.split(/\s+/u)) {
      if (piece === '') continue;
      tokens.push({
        text: piece,
        ...(this.atS === undefined ? {} : { atS: this.atS }),
        ...(this.voice === undefined ? {} : { voice: this.voice }),
      });
      this.atS = undefined;
    }
  }
}
