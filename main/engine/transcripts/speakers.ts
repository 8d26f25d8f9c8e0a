import type { SpeakerTurn, Voices } from '../../domain/speaker.ts';
import { overlapS } from '../../domain/time.ts';
import type { Segment } from '../../domain/transcript.ts';
import { toSegments, toStream, type StreamWord } from './edits/wordStream.ts';

/** Speakers as somebody told their turns; turns may overlap, and leave holes. */
export function voicesOfTurns(turns: readonly SpeakerTurn[]): Voices {
  const speakers = [...new Set(turns.map(({ speaker }) => speaker))];
  const ofSpeaker = speakers.map((name) => turns.filter(({ speaker }) => speaker === name));
  return {
    speakers,
    heardIn: (range) => ofSpeaker.map((own) => own.reduce((sum, turn) => sum + overlapS(turn, range), 0)),
  };
}

/**
 * Names who says each word of the sentences that have no speaker. A sentence in which the speaker changes becomes two, where
 * its words have times of their own. Every word stays: where nobody is heard, it belongs to whoever speaks around it.
 */
export function assignSpeakers(segments: readonly Segment[], voices: Voices): Segment[] {
  if (voices.speakers.length === 0) return [...segments];
  const stream = toStream(segments);
  const nameless = stream.filter(({ speaker }) => speaker === undefined);
  const names = likeliest(nameless, voices).map((at) => voices.speakers[at]);
  const namedBy = new Map(nameless.map((word, index) => [word, names[index]]));
  const named = stream.map((word): StreamWord => ({ ...word, speaker: word.speaker ?? namedBy.get(word) }));
  return toSegments(
    named.map((word, index) => {
      const startsTurn = index > 0 && named[index - 1]?.speaker !== word.speaker;
      return { ...word, startsSentence: word.startsSentence || startsTurn };
    }),
  );
}

/** What a change of speakers has to be worth, as a logarithm: people finish their sentences, and a cough is no turn. */
const CHANGE_IN_SENTENCE = 4;
const CHANGE_BETWEEN = 0.5;
/** No single word proves more than this: somebody else laughs, or a door falls shut. */
const SUREST = 3;
const LEAST_SHARE = Math.exp(-SUREST);

function costOfChange(word: StreamWord): number {
  if (word.startsSentence) return CHANGE_BETWEEN;
  return word.timing === 'word' ? CHANGE_IN_SENTENCE : Infinity;
}

/** What it costs to say that each speaker said the word: nothing for the one who is heard alone. */
function costsOf(word: StreamWord, { speakers, heardIn }: Voices): number[] {
  const heard = heardIn(word);
  const total = heard.reduce((sum, each) => sum + each, 0);
  return speakers.map((_, at) =>
    total === 0 ? 0 : -Math.log(Math.max(LEAST_SHARE, (heard[at] ?? 0) / total)),
  );
}

/** The speaker of each word, by its place in the list, that makes the whole cheapest (Viterbi). */
function likeliest(words: readonly StreamWord[], voices: Voices): number[] {
  const cameFrom: number[][] = [];
  let costs = voices.speakers.map(() => 0);
  for (const word of words) {
    const change = costOfChange(word);
    const cheapest = costs.reduce((best, cost, at) => (cost < (costs[best] ?? Infinity) ? at : best), 0);
    const entering = (costs[cheapest] ?? 0) + change;
    cameFrom.push(costs.map((cost, at) => (cost <= entering ? at : cheapest)));
    const own = costsOf(word, voices);
    costs = costs.map((cost, at) => Math.min(cost, entering) + (own[at] ?? 0));
  }
  let speaker = costs.indexOf(Math.min(...costs));
  const path: number[] = [];
  for (let at = words.length - 1; at >= 0; at -= 1) {
    path[at] = speaker;
    speaker = cameFrom[at]?.[speaker] ?? speaker;
  }
  return path;
}
