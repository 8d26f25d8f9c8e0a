/**
 * Reads dialogue.txt (its first lines explain the form) into a list of sections:
 *   { kind: 'moment' | 'intro' | 'plain' | …, moment?: { kind, title }, lines: [line] }
 * where a line is { chime: true, pauseAfterS } or { speaker, pauseAfterS, written, spoken }.
 */

const SECTION_KINDS = ['intro', 'plain', 'moment', 'housekeeping', 'advert', 'outro'];

export function parseDialogue(text, speakers) {
  const sections = [];
  text.split('\n').forEach((raw, index) => {
    const row = raw.trim();
    if (row === '' || row.startsWith('#')) return;
    try {
      if (row.startsWith('(chime)')) sections.push({ kind: 'chime', lines: [parseChime(row)] });
      else if (row.startsWith('==')) sections.push(parseHeading(row));
      else openSection(sections).lines.push(parseLine(row, speakers));
    } catch (error) {
      throw new Error(`dialogue line ${index + 1}: ${error.message}`, { cause: error });
    }
  });
  return sections;
}

function openSection(sections) {
  const section = sections.at(-1);
  if (!section || section.kind === 'chime') throw new Error('a sentence needs a "== kind" above it');
  return section;
}

function parseHeading(row) {
  const [kind, momentKind, title] = row
    .slice(2)
    .split('|')
    .map((part) => part.trim());
  if (!SECTION_KINDS.includes(kind)) throw new Error(`no section is called "${kind}"`);
  if (kind !== 'moment') return { kind, lines: [] };
  if (!momentKind || !title) throw new Error('a moment needs a kind and a title');
  return { kind, moment: { kind: momentKind, title }, lines: [] };
}

function parseChime(row) {
  return { chime: true, pauseAfterS: Number(row.split(/\s+/)[1]) };
}

function parseLine(row, speakers) {
  const match = /^(\w+)\s+(\d+\.\d+)\s+(.+)$/.exec(row);
  if (!match) throw new Error('expected: Speaker pauseAfterS Text.');
  const [, speaker, pauseAfterS, text] = match;
  if (!speakers.includes(speaker)) throw new Error(`nobody is called "${speaker}"`);
  if (!/[.?!]$/.test(text)) throw new Error('a sentence must end with a full stop or a question mark');
  return { speaker, pauseAfterS: Number(pauseAfterS), written: asWritten(text), spoken: asSpoken(text) };
}

const asWritten = (text) => text.replace(/\{([^|}]*)\|[^}]*\}/g, '$1');
const asSpoken = (text) => text.replace(/\{[^|}]*\|([^}]*)\}/g, '$1');
