import { unreadable } from './mark.ts';

const DEEPEST = 20;
const SKIPPED = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/uy;
const NUMBER = /[+-]?(?:\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)/uy;
const NAME = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' };

/**
 * Reads the part of JSON5 that projects are written in: names without quotes, single quotes, trailing commas, comments.
 * Objects have no prototype, nesting ends at 20. Throws MARKS_UNREADABLE with the line.
 */
export function readJson5(text: string): unknown {
  const reader = new Json5Reader(text);
  return reader.readAll();
}

class Json5Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readAll(): unknown {
    const value = this.#value(0);
    this.#skip();
    if (this.#at < this.#text.length) throw this.#refusal();
    return value;
  }

  #refusal(): Error {
    const line = this.#text.slice(0, this.#at).split('\n').length;
    return unreadable('The project is broken off or damaged here.', line);
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const [found] = pattern.exec(this.#text) ?? [];
    this.#at += found?.length ?? 0;
    return found;
  }

  #skip(): void {
    this.#match(SKIPPED);
  }

  #takes(character: string): boolean {
    this.#skip();
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #value(depth: number): unknown {
    if (depth > DEEPEST) throw this.#refusal();
    if (this.#takes('{')) return this.#object(depth);
    if (this.#takes('[')) return this.#array(depth);
    const quoted = this.#quoted();
    if (quoted !== undefined) return quoted;
    const number = this.#match(NUMBER);
    if (number !== undefined) return Number(number);
    switch (this.#match(NAME)) {
      case 'true':
        return true;
      case 'false':
        return false;
      case 'null':
        return null;
      case undefined:
      default:
        throw this.#refusal();
    }
  }

  #object(depth: number): unknown {
    const made = Object.create(null) as Record<string, unknown>;
    while (!this.#takes('}')) {
      const name = this.#quoted() ?? this.#match(NAME);
      if (name === undefined || !this.#takes(':')) throw this.#refusal();
      made[name] = this.#value(depth + 1);
      if (this.#takes(',')) continue;
      if (this.#takes('}')) break;
      throw this.#refusal();
    }
    return made;
  }

  #array(depth: number): unknown[] {
    const made: unknown[] = [];
    while (!this.#takes(']')) {
      made.push(this.#value(depth + 1));
      if (this.#takes(',')) continue;
      if (this.#takes(']')) break;
      throw this.#refusal();
    }
    return made;
  }

  #quoted(): string | undefined {
    this.#skip();
    const quote = this.#text[this.#at];
    if (quote !== '"' && quote !== "'") return undefined;
    let said = '';
    for (let at = this.#at + 1; at < this.#text.length; at += 1) {
      const character = this.#text[at] ?? '';
      if (character === quote) {
        this.#at = at + 1;
        return said;
      }
      if (character === '\n') break;
      if (character !== '\\') said += character;
      else {
        at += 1;
        const escaped = this.#text[at] ?? '';
        const code =
          escaped === 'u' ? /^[\da-f]{4}/iu.exec(this.#text.slice(at + 1, at + 5))?.[0] : undefined;
        if (code === undefined) said += ESCAPES[escaped] ?? escaped;
        else {
          said += String.fromCharCode(Number.parseInt(code, 16));
          at += 4;
        }
      }
    }
    throw this.#refusal();
  }
}
