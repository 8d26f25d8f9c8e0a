/** A line that may begin with the name of who speaks. */
export interface LabelCandidate {
  readonly name: string;
  /** How many blank-separated pieces of the line the label takes up. */
  readonly pieces: number;
}

const COLON_LABEL = /^(\S[^:：]{0,47}?)\s?[:：](?=\s|$)/u;
const BRACKET_LABEL = /^[[(]([^\])]{1,40})[\])](\s?:)?(?=\s|$)/u;
const PARTICLES = new Set('de da di do du la le van von der den zu of and & the bin al el y e'.split(' '));
const NAME_PIECE = /^["“(]?[\p{Lu}\p{Lt}\p{Lo}\d][\p{L}\p{M}\p{N}.'’_#-]*[)"”]?$/u;
const GENERIC =
  /^(?:speaker|sprecher(?:in)?|spk|voice|host|co-?host|guest|interviewer|interviewee|moderator|narrator|caller|participant)[ _#-]?(?:\d{1,3}|[a-z])?$/i;

/** Words that stand before a colon at the start of a sentence and name nobody. */
const NOT_NAMES = new Set(
  (
    'note notes question answer warning remember fact example examples tip tips step rule rules update disclaimer ' +
    'ps again so and but or because now then well look listen okay ok yes no right here first second third one two ' +
    'three again also finally next today tomorrow yesterday however therefore meaning spoiler translation subtitles ' +
    'captions transcript summary chapter part title date time location topic source http https www result problem ' +
    'solution reason conclusion caution important hint remark i me you he she it we they this that what why how when'
  ).split(' '),
);

const SOUNDS = new Set(
  (
    'music applause laughter laughs laugh laughing chuckles giggles sighs gasps inaudible unintelligible crosstalk ' +
    'silence pause noise foreign cheering cheers crying sobbing coughs coughing clears throat beep bleep static ' +
    'singing humming whispering shouting screaming both all indistinct clapping blank_audio intro outro theme ad break'
  ).split(' '),
);

/** What a line offers as the name of its speaker, if anything. Whether it is one depends on the whole file. */
export function labelCandidate(line: string): LabelCandidate | undefined {
  const head = line.slice(0, 64);
  const bracket = BRACKET_LABEL.exec(head);
  const match = bracket ?? COLON_LABEL.exec(head);
  if (match === null) return undefined;
  // Round brackets without a colon hold asides, not names.
  if (bracket !== null && bracket[2] === undefined && head.startsWith('(')) return undefined;
  const name = (match[1] ?? '').trim();
  if (!isPlausibleName(name)) return undefined;
  return { name, pieces: match[0].trim().split(/\s+/u).length };
}

function isPlausibleName(name: string): boolean {
  if (GENERIC.test(name)) return true;
  // "ANNA (ON PHONE)": what stands in brackets is not part of the name.
  const pieces = name.replace(/\s\([^)]*\)$/u, '').split(/\s+/u);
  if (pieces.length > 4 || !/\p{L}/u.test(name)) return false;
  if (pieces.some((piece) => /[.!?]$/u.test(piece) && piece.length > 5)) return false;
  const words = pieces.map((piece) => piece.toLowerCase().replace(/^\W+|\W+$/gu, ''));
  if (words.length === 1 && NOT_NAMES.has(words[0] ?? '')) return false;
  if (words.some((word) => SOUNDS.has(word)) || NOT_NAMES.has(words[0] ?? '')) return false;
  return pieces.every((piece, index) => NAME_PIECE.test(piece) || (index > 0 && PARTICLES.has(piece)));
}

/** One place where a speaker could be named, in the order of the file. */
export interface Opening {
  readonly candidate: LabelCandidate | undefined;
  /** True after ">>" or a dash, where a new turn is certain. */
  readonly isTurn: boolean;
}

/**
 * The names that may be believed. A single "Rule: ..." in a whole transcript is a sentence; a name is believed when it
 * comes back, stands after a turn mark, is a label such as "Speaker 2", or when labels are how the whole file is written.
 */
export function believedNames(openings: readonly Opening[]): ReadonlySet<string> {
  const uses = new Map<string, number>();
  const marked = new Set<string>();
  let labelled = 0;
  for (const { candidate, isTurn } of openings) {
    if (candidate === undefined) continue;
    labelled += 1;
    uses.set(candidate.name, (uses.get(candidate.name) ?? 0) + 1);
    if (isTurn || GENERIC.test(candidate.name)) marked.add(candidate.name);
  }
  const needed = openings[0]?.candidate === undefined ? 0.5 : 0.3;
  const isWrittenSo = labelled >= openings.length * needed;
  const names = [...uses].filter(
    ([name, count]) => count >= 2 || marked.has(name) || (isWrittenSo && uses.size >= 2),
  );
  return new Set(names.map(([name]) => name));
}
