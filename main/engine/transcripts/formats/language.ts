const TAG = /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** The BCP 47 tag of what a file calls its language: "en", "en_US" or, as some recognisers write, "english". */
export function languageTag(name: string | undefined): string | undefined {
  const wanted = name?.trim().replace(/_/g, '-') ?? '';
  if (wanted === '') return undefined;
  if (TAG.test(wanted)) {
    try {
      return Intl.getCanonicalLocales(wanted)[0];
    } catch {
      // Shaped like a tag, yet none: the file names no language then.
      return undefined;
    }
  }
  return tagOfName(wanted.toLowerCase());
}

function tagOfName(name: string): string | undefined {
  const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  for (const first of LETTERS) {
    for (const second of LETTERS) {
      if (names.of(first + second)?.toLowerCase() === name) return first + second;
    }
  }
  return undefined;
}
