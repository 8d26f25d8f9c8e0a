import { describe, expect, test } from 'vitest';
import { findClips } from '../../../main/engine/clips/find.ts';
import { conversation, spoken } from './episodes.ts';

const talk = conversation(240);
const before = talk.slice(0, 120);
const after = talk.slice(120);

/** Sponsor reads as hosts speak them, each a whole break of its own. */
const ADVERTS: Readonly<Record<string, readonly string[]>> = {
  'read by the host with a code': [
    'Ada: Before we go on, a word from our sponsor.',
    'Ada: I have slept on a Larkspur mattress for six months now, and my back has stopped complaining.',
    'Ada: It comes in a box, and you have a hundred nights to change your mind.',
    'Ada: Go to larkspur.com slash works and use code WORKS for fifteen percent off.',
  ],
  'support in the manner of public radio': [
    'Ada: Support for this podcast comes from Harrow and Pine, makers of sheds that last.',
    'Ada: More at harrowandpine.com.',
  ],
  'a break and the return from it': [
    'Ada: We will be right back after this short break.',
    'Ben: Nimbus Ledger keeps the books of forty thousand small companies.',
    'Ben: You can start a free trial today, and terms apply.',
    'Ada: And we are back to the show.',
  ],
  'a message that names its payer': [
    'Ada: This message comes from Quillfeather, the notebook that thinks ahead.',
    'Ada: Every page is numbered and every pen is refillable.',
    'Ada: Visit quillfeather.com to learn more.',
  ],
  'a partner thanked in passing': [
    'Ada: Big thanks to our partners at Brightwell Coffee for making this episode possible.',
    'Ada: Their beans arrive at your door a day after roasting.',
    'Ada: Head over to brightwell.co slash works and your first bag is free.',
  ],
  'a discount for listeners': [
    "Ada: Today's episode is brought to you by Tidewater, who insure boats of every size.",
    'Ada: Listeners of this show get their first month free at tidewater.com slash works.',
  ],
};

const INTROS: Readonly<Record<string, readonly string[]>> = {
  'a welcome and a guest': [
    'Ada: Hello and welcome to Still Works, the podcast about things that refuse to break.',
    'Ada: My guest today has repaired clocks for forty years.',
    'Ben: Thanks for having me.',
  ],
  'a host who names herself': ["Ada: I'm your host, Ada Pell, and this is episode twelve of Still Works."],
};

const OUTROS: Readonly<Record<string, readonly string[]>> = {
  'thanks and a date': [
    'Ada: Thanks so much for listening to Still Works.',
    'Ada: We are back next Tuesday.',
  ],
  'the credits': [
    'Ada: Still Works is produced by Ida Moss and edited by Tom Vale.',
    'Ada: Our theme music is by the Alderwick Town Band.',
  ],
  'a farewell to the guest': [
    'Ada: Ben, thank you so much for coming on the show.',
    'Ben: It was a pleasure.',
  ],
};

const HOUSEKEEPING: Readonly<Record<string, readonly string[]>> = {
  'a plea for stars': [
    'Ada: If you enjoy this, leave us a five star review, it really helps other people find us.',
  ],
  'a plea to follow': ['Ada: Make sure you subscribe wherever you get your podcasts.'],
  'links below': ['Ada: I will put all of that in the show notes.'],
  'a newsletter': ['Ada: Sign up for our newsletter if you want the drawings.'],
};

/** What sounds like it and is not. */
const INNOCENT: Readonly<Record<string, readonly string[]>> = {
  'a break in a story': ['Ben: My leg took a break that winter and so did the whole team, but we came back.'],
  'sponsors as a subject': ['Ben: A marathon without sponsors cannot pay for its water.'],
  'offering something free': ['Ben: We gave the bread away for free and people stopped coming.'],
  'a code of another kind': ['Ben: The old locks use a code of four brass letters.'],
  'subscribing to a theory': ['Ben: I never subscribed to the idea that talent is born.'],
  'a welcome in a story': ['Ben: They opened the door and everybody was welcome to stay the night.'],
  'thanks in a story': [
    'Ben: She said thank you for listening to me when nobody else would, and she meant it.',
  ],
  'a review of another kind': ['Ben: I read every review of that play and believed the worst one.'],
};

const offLimitsOf = (lines: readonly string[]) => findClips(spoken(lines)).offLimits;
/** Kind and text of what is off limits among these lines. */
function found(lines: readonly string[]): { kind: string; text: string }[] {
  const { segments } = spoken(lines);
  return offLimitsOf(lines).map(({ kind, fromS, toS }) => ({
    kind,
    text: segments
      .filter((segment) => segment.fromS >= fromS && segment.toS <= toS)
      .map(({ text }) => text)
      .join(' '),
  }));
}
const plain = (lines: readonly string[]): string => lines.map((line) => line.slice(5)).join(' ');

describe('what is kept out of clips by its words', () => {
  test.each(Object.entries(ADVERTS))('an advert, whole: %s', (_name, lines) => {
    expect(found([...before, ...lines, ...after])).toEqual([{ kind: 'advert', text: plain(lines) }]);
  });
  test.each(Object.entries(INTROS))('an introduction: %s', (_name, lines) => {
    expect(found([...lines, ...talk])).toEqual([{ kind: 'intro', text: plain(lines) }]);
  });
  test.each(Object.entries(OUTROS))('a farewell: %s', (_name, lines) => {
    expect(found([...talk, ...lines])).toEqual([{ kind: 'outro', text: plain(lines) }]);
  });
  test.each(Object.entries(HOUSEKEEPING))('housekeeping: %s', (_name, lines) => {
    expect(found([...before, ...lines, ...after])).toEqual([{ kind: 'housekeeping', text: plain(lines) }]);
  });
  test.each(Object.entries(INNOCENT))('plain talk is not kept out: %s', (_name, lines) => {
    expect(found([...before, ...lines, ...after])).toEqual([]);
  });
});
