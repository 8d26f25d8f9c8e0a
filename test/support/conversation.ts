import type { Word } from '../../main/domain/transcript.ts';
import { sayWord, seeded, type Samples } from './wordEdges.ts';

export interface SpokenWord extends Word {
  readonly speaker: string;
  /** Which line of the conversation it belongs to. */
  readonly line: number;
}

export interface Conversation {
  readonly words: readonly SpokenWord[];
  readonly durationS: number;
  readonly rateHz: number;
  /** What each speaker alone says, by name. */
  readonly voices: ReadonlyMap<string, Float32Array>;
}

const VOICES = ['en-us', 'en-gb+f3', 'en-gb-scotland+m5'];
const BETWEEN_WORDS_S = 0.05;
const BETWEEN_LINES_S = 0.25;

/** Says lines such as "Anna: We should go." one after the other, each speaker with a voice of their own, and knows every word's time. */
export async function converse(
  lines: readonly string[],
  betweenWordsS: number = BETWEEN_WORDS_S,
): Promise<Conversation> {
  const said = lines.map((line) => {
    const [, speaker = '', text = ''] = /^(\w+): (.*)$/u.exec(line) ?? [];
    return { speaker, words: text.split(' ') };
  });
  const speakers = [...new Set(said.map(({ speaker }) => speaker))];
  const known = new Map<string, Samples>();
  const soundOf = async (word: string, speaker: string): Promise<Samples> => {
    const key = `${speaker}: ${word}`;
    const sound = known.get(key) ?? (await sayWord(word, VOICES[speakers.indexOf(speaker)]));
    known.set(key, sound);
    return sound;
  };
  const words: SpokenWord[] = [];
  const sounds: Samples[] = [];
  let atS = 0.5;
  for (const [line, { speaker, words: texts }] of said.entries()) {
    for (const text of texts) {
      const sound = await soundOf(text, speaker);
      const fromS = Math.round(atS * 1000) / 1000;
      const toS = Math.round((fromS + sound.values.length / sound.rateHz) * 1000) / 1000;
      words.push({ text, fromS, toS, confidence: 0.9, speaker, line });
      sounds.push(sound);
      atS = toS + (/[,;:]$/u.test(text) ? BETWEEN_LINES_S : betweenWordsS);
    }
    atS += BETWEEN_LINES_S;
  }
  const rateHz = sounds[0]?.rateHz ?? 22_050;
  const durationS = atS + 0.5;
  const voices = new Map(
    speakers.map((speaker) => [speaker, new Float32Array(Math.ceil(durationS * rateHz))] as const),
  );
  words.forEach(({ speaker, fromS }, index) => {
    voices.get(speaker)?.set(sounds[index]?.values ?? [], Math.round(fromS * rateHz));
  });
  return { words, durationS, rateHz, voices };
}

export interface Microphone {
  /** Whose mouth it stands before; nobody's for a mix of all. */
  readonly speaker: string | undefined;
  readonly gainDb: number;
  /** How much quieter it hears the others. */
  readonly leakDb: number;
}

const fromDb = (db: number): number => 10 ** (db / 20);

/** What a microphone in the room hears of a conversation, over a little noise. */
export function record(
  { voices, rateHz }: Conversation,
  { speaker, gainDb, leakDb }: Microphone,
  seed: number,
): Samples {
  const random = seeded(seed);
  const length = Math.max(...[...voices.values()].map((voice) => voice.length));
  const values = Float32Array.from({ length }, () => (random() - 0.5) * 0.001);
  for (const [name, voice] of voices) {
    const gain = fromDb(gainDb - (speaker === undefined || name === speaker ? 0 : leakDb));
    voice.forEach((value, at) => {
      values[at] = (values[at] ?? 0) + value * gain * 0.7;
    });
  }
  return { rateHz, values };
}
