import { oneLine } from './cutList.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** A line of text as XML 1.0 can hold it: its own characters escaped, those that it forbids left out. */
export const xmlText = (text: string): string =>
  oneLine(text)
    .replace(/[\uFFFE\uFFFF]/gu, '')
    .replace(/[&<>"']/gu, (character) => ENTITIES[character] ?? '');

/** Attributes in the order given, each with a space before it. */
export const attributes = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${xmlText(value)}"`)
    .join('');
