/** Letters that are not mistaken for each other when read aloud or typed from a screen. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 10;

export type IdPrefix = 'show' | 'ep' | 'clip' | 'exp' | 'key';

/** A short random id that people can type, such as ep-7k2m9q4x0d: 50 bits, unique within any library. */
export function newId(prefix: IdPrefix): string {
  const bytes = crypto.getRandomValues(new Uint8Array(LENGTH));
  return `${prefix}-${Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join('')}`;
}
