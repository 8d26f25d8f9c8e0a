/** What a file name can be made of; a date is written as it should appear. */
export interface ExportNameParts {
  readonly episode: string;
  readonly rank: number;
  readonly title: string;
  readonly preset: string;
  readonly show: string;
  readonly date?: string;
}

/** File systems take 255 bytes; this leaves room for " (2)", the extension and a sidecar's suffix. */
const MOST_BYTES = 120;
const FALLBACK = 'clip';
/** Names that Windows keeps for devices, whatever follows the first dot. */
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;
/** These may be as long as a sentence, so they give way when a name is too long. */
const SHORTENABLE = ['episode', 'title', 'show'] as const;

/**
 * A file name that is safe on Linux, macOS and Windows. The template holds {episode}, {rank}, {title}, {preset},
 * {show} and {date}; an empty part goes together with the separator before it.
 */
export function exportFileName(template: string, parts: ExportNameParts, ext: string): string {
  const texts: Record<string, string> = {
    episode: safePart(parts.episode),
    rank: String(parts.rank),
    title: safePart(parts.title),
    preset: safePart(parts.preset),
    show: safePart(parts.show),
    date: safePart(parts.date ?? ''),
  };
  let stem = filled(template, texts);
  while (Buffer.byteLength(stem) > MOST_BYTES) {
    const longest = SHORTENABLE.filter((part) => template.includes(`{${part}}`)).toSorted(
      (a, b) => Buffer.byteLength(texts[b] ?? '') - Buffer.byteLength(texts[a] ?? ''),
    )[0];
    const text = longest === undefined ? '' : (texts[longest] ?? '');
    if (longest === undefined || text === '') {
      stem = shorter(stem);
      continue;
    }
    texts[longest] = shorter(text).trimEnd();
    stem = filled(template, texts);
  }
  return `${stem === '' ? FALLBACK : stem}.${ext}`;
}

function filled(template: string, texts: Readonly<Record<string, string>>): string {
  let name = '';
  let separator = '';
  for (const piece of template.split(/(\{\w+\})/)) {
    const token = /^\{(\w+)\}$/.exec(piece)?.[1];
    const text = token === undefined ? safeLiteral(piece) : (texts[token] ?? '');
    if (token === undefined && !/[\p{L}\p{N}]/u.test(text)) {
      separator = text;
    } else if (text !== '') {
      name += (name === '' ? '' : separator) + text;
      separator = '';
    }
  }
  const trimmed = trimmedEnds(name);
  if (trimmed === '') return FALLBACK;
  return DEVICE.test(trimmed) ? `_${trimmed}` : trimmed;
}

/** Far more than a name can hold; a page of text would take seconds to be shortened letter by letter. */
const MOST_CHARACTERS = 400;

const safePart = (text: string): string => trimmedEnds(safeLiteral(text.slice(0, MOST_CHARACTERS)));

/** Without what any of the three systems reserves; direction marks go, the joiners inside emoji stay. */
const safeLiteral = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/(?!\u200d)\p{Cf}/gu, '')
    .replace(/:(?=\s)/g, ' -')
    .replace(/[/\\|:]/g, '-')
    .replace(/[<>"?*]/g, '')
    .replace(/\s+/g, ' ');

/** A leading dot hides a file and a leading dash makes it an option; Windows drops dots and spaces at the end. */
const trimmedEnds = (text: string): string => text.replace(/^[\s.\-–—_]+/, '').replace(/[\s.\-–—_]+$/, '');

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Without its last character as a reader counts them; an emoji family is one. */
const shorter = (text: string): string =>
  Array.from(graphemes.segment(text), ({ segment }) => segment)
    .slice(0, -1)
    .join('');
