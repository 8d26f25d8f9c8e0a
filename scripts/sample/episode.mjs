/** What the sample episode is called, who speaks in it and how loud it is: every choice that is not the text. */

export const episode = {
  slug: 'still-works-23-the-lamp-on-table-four',
  show: 'Still Works',
  title: 'The Lamp on Table Four',
  number: 23,
  date: '2025-10-07',
  description:
    'Ruth Amberley decided for nineteen years what was beyond repair. Then she opened a repair cafe.',
};

/** Speakers as the dialogue calls them. Two accents, two pitches and two timbres, so that nobody has to guess who is talking. */
export const voices = {
  Daniel: { fullName: 'Daniel Oakes', espeakVoice: 'en-us+m3', pitch: 46, wordsPerMinute: 165 },
  Ruth: { fullName: 'Ruth Amberley', espeakVoice: 'en-gb-x-rp+f2', pitch: 48, wordsPerMinute: 166 },
};

export const sound = {
  sampleRateHz: 48_000,
  // Measured on speech without pauses; the pauses take the finished episode down to about -18.
  speechLufs: -17.6,
  ceilingDbfs: -5,
  roomToneDbfs: -60,
  roomToneSeed: 23,
  chimePeakDbfs: -12,
  leadInS: 0.6,
  fadeInS: 0.4,
  fadeOutS: 1.5,
  bitRateKbps: 48,
};
