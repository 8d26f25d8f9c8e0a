import { basename, dirname, extname } from 'node:path';

const tag = (tags: Readonly<Record<string, string>>, names: readonly string[]): string | undefined => {
  const byLowerName = new Map(
    Object.entries(tags).map(([name, value]) => [name.toLowerCase(), value.trim()]),
  );
  return names.map((name) => byLowerName.get(name)).find((value) => value !== undefined && value !== '');
};

/** "ep12_the-lamp" becomes "Ep12 the lamp": how a file's name reads as a title. */
function readable(fileName: string): string {
  const words = basename(fileName, extname(fileName))
    .replaceAll(/[_\s-]+/g, ' ')
    .trim();
  return words === '' ? 'Untitled episode' : words.charAt(0).toUpperCase() + words.slice(1);
}

/** The episode's title: from the file's tags, else from its name. */
export const guessTitle = (tags: Readonly<Record<string, string>>, path: string): string =>
  tag(tags, ['title']) ?? readable(path);

/** The show it belongs to: from the tags a podcast host writes, else from the folder it lies in. */
export function guessShowName(tags: Readonly<Record<string, string>>, path: string): string {
  return (
    tag(tags, ['show', 'album', 'artist', 'album_artist', 'publisher']) ??
    (readable(basename(dirname(path))) || 'My show')
  );
}
