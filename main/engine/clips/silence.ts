import type { PartName } from './parts/part.ts';
import type { Reading } from './reading.ts';

const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** A language as people call it: "de-AT" is Austrian German. */
export function nameOfLanguage(tag: string | undefined): string {
  try {
    return (tag === undefined || tag === '' ? undefined : languageNames.of(tag)) ?? 'this language';
  } catch {
    return 'this language';
  }
}

/** Why a part that could not speak has nothing to say. */
export const whySilent = (part: PartName, { language }: Reading): string =>
  part === 'delivery' ? 'the sound was not listened to' : `not available for ${nameOfLanguage(language)}`;
