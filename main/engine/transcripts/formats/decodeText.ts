import { AppError } from '../../../domain/errors.ts';
import type { TranscriptNote } from '../../../domain/transcript.ts';
import { counted, repaired } from './parsedTranscript.ts';

/** Kinds of file that people hand over as a transcript and that hold something else; told apart by how they begin. */
const FOREIGN_STARTS: readonly { readonly start: string; readonly is: string }[] = [
  { start: 'PK\u0003\u0004', is: 'a Word document or a zip archive; save it as plain text first' },
  { start: '%PDF', is: 'a PDF; save its text as plain text first' },
  { start: '{\\rtf', is: 'a rich text document; save it as plain text first' },
  { start: 'ID3', is: 'an MP3 recording, not a transcript' },
  { start: 'RIFF', is: 'a recording, not a transcript' },
  { start: 'OggS', is: 'a recording, not a transcript' },
  { start: 'fLaC', is: 'a recording, not a transcript' },
];

/**
 * The text of a file in UTF-8, UTF-16 (with or without a mark) or Windows-1252, which takes in Latin-1.
 * Throws TRANSCRIPT_UNREADABLE for what is not text at all.
 */
export function decodeText(bytes: Buffer): { text: string; notes: TranscriptNote[] } {
  const start = bytes.toString('latin1', 0, 8);
  const foreign = FOREIGN_STARTS.find((kind) => start.startsWith(kind.start));
  if (foreign !== undefined) throw new AppError('TRANSCRIPT_UNREADABLE', `The file is ${foreign.is}.`);

  const decoded = decodeWith(bytes);
  if (decoded.text.includes('\0')) {
    throw new AppError('TRANSCRIPT_UNREADABLE', 'The file is not text: it contains binary data.');
  }
  return decoded;
}

function decodeWith(bytes: Buffer): { text: string; notes: TranscriptNote[] } {
  const wide = wideEncoding(bytes);
  if (wide !== undefined) return { text: new TextDecoder(wide).decode(bytes), notes: [] };
  const text = new TextDecoder('utf-8').decode(bytes);
  const broken = count(text, /\ufffd/g);
  if (broken === 0) return { text, notes: [] };
  // A few broken bytes among many good ones are damage; no good ones at all means the file was never UTF-8.
  const good = count(text, /[^\0-\x7f\ufffd]/g);
  if (good > broken * 4) {
    return { text, notes: [repaired(`${counted(broken, 'character')} could not be read.`)] };
  }
  return { text: new TextDecoder('windows-1252').decode(bytes), notes: [] };
}

function wideEncoding(bytes: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const head = bytes.subarray(0, 2048);
  const half = head.length / 2;
  const zeros = [0, 0];
  head.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  // Digits, arrows and line ends are ASCII in every language, so half of the bytes of such a file are mostly zero.
  if (odd > half * 0.4 && even < half * 0.05) return 'utf-16le';
  if (even > half * 0.4 && odd < half * 0.05) return 'utf-16be';
  return undefined;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** The lines of a text, whatever ends them, without a byte order mark. */
export function linesOf(text: string): string[] {
  return text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
}
