/** Recordings with the transcript that was dropped beside each, and what is neither. */
export interface Matched<File> {
  readonly episodes: readonly { readonly media: File; readonly transcript: File | undefined }[];
  /** A transcript without its recording. */
  readonly transcripts: readonly File[];
  readonly others: readonly File[];
}

const MEDIA =
  'mp3 m4a m4b aac mp4 m4v mov wav aif aiff flac ogg oga opus webm mkv mka avi wma wmv 3gp mpg mpeg ts'.split(
    ' ',
  );
const TRANSCRIPTS = ['srt', 'vtt', 'json', 'txt'];

/** What other programs write their markers into. */
const MARKS = ['csv', 'tsv', 'edl', 'llc'];

const extensionOf = (name: string): string =>
  (name.includes('.') ? (name.split('.').at(-1) ?? '') : '').toLowerCase();

/** "ep 12.en.vtt" belongs to "Ep 12.mp4": the name without its extension and without a language tag. */
function stemOf(name: string): string {
  const stem = name.slice(0, name.length - extensionOf(name).length - 1).toLowerCase();
  return stem.replace(/\.(transcript|[a-z]{2}(-[a-z]{2,4})?)$/, '');
}

export const isTranscript = (name: string): boolean => TRANSCRIPTS.includes(extensionOf(name));

/**
 * Pairs files by base name; one recording with one transcript belong together whatever they are called.
 * Anything that is not known to be a transcript is handed on as a recording when its kind is known, else it is left aside.
 */
export function matchDrop<File extends { readonly name: string }>(files: readonly File[]): Matched<File> {
  const media = files.filter(({ name }) => MEDIA.includes(extensionOf(name)));
  const transcripts = files.filter(({ name }) => isTranscript(name));
  const others = files.filter((file) => !media.includes(file) && !transcripts.includes(file));
  const [onlyMedia] = media;
  const [onlyTranscript] = transcripts;
  if (media.length === 1 && transcripts.length === 1 && onlyMedia !== undefined) {
    return { episodes: [{ media: onlyMedia, transcript: onlyTranscript }], transcripts: [], others };
  }
  const free = new Set(transcripts);
  const episodes = media.map((file) => {
    const transcript = [...free].find(({ name }) => stemOf(name) === stemOf(file.name));
    if (transcript !== undefined) free.delete(transcript);
    return { media: file, transcript };
  });
  return { episodes, transcripts: [...free], others };
}

/**
 * Lists of marks among dropped files, by where they were dropped: over an episode by their kind, over its marks also what
 * could be a transcript, and where no episode is in hand none.
 */
export function partMarks<File extends { readonly name: string }>(
  files: readonly File[],
  over: 'nowhere' | 'episode' | 'marks',
): { readonly marks: readonly File[]; readonly files: readonly File[] } {
  const isMarks = ({ name }: File): boolean =>
    over !== 'nowhere' &&
    (MARKS.includes(extensionOf(name)) ||
      (over === 'marks' && (isTranscript(name) || extensionOf(name) === 'xml')));
  return { marks: files.filter(isMarks), files: files.filter((file) => !isMarks(file)) };
}
