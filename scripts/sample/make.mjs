/**
 * Makes the sample episode that ships with Soundbite, from dialogue.txt:
 *   resources/sample/<slug>.m4a   two voices over room tone, tagged, with the cover inside
 *   resources/sample/<slug>.vtt   one cue a sentence, timed by the speech itself
 *   resources/sample/moments.json the stretches worth a clip, and those that are not
 *
 * Needs espeak-ng and ffmpeg on the PATH, and resources/sample/cover.png (cover.mjs draws it).
 * Run: node scripts/sample/make.mjs. The same text gives the same captions and the same samples every time.
 */

import { readFile, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseDialogue } from './dialogue.mjs';
import { toMoments, toVtt } from './documents.mjs';
import { episode, sound, voices } from './episode.mjs';
import { levelSentences } from './loudness.mjs';
import { chime, layOut, mixDown } from './mix.mjs';
import { run } from './run.mjs';
import { speak } from './speech.mjs';

const { sampleRateHz } = sound;
const inSample = (name) => fileURLToPath(new URL(`../../resources/sample/${name}`, import.meta.url));

const sections = parseDialogue(
  await readFile(new URL('dialogue.txt', import.meta.url), 'utf8'),
  Object.keys(voices),
);
const lines = await levelBySpeaker(await speakAll(sections));
const timeline = layOut(lines, sound);

await encode(mixDown(timeline, sound), inSample(`${episode.slug}.m4a`));
await writeFile(inSample(`${episode.slug}.vtt`), toVtt(timeline.placed, { episode, voices, sampleRateHz }));
const moments = toMoments(timeline.placed, { episode, sections, sampleRateHz, ...timeline });
await writeFile(inSample('moments.json'), `${JSON.stringify(moments, null, 2)}\n`);
console.log(
  `${episode.slug}: ${moments.durationS} s, ${lines.length} lines, ${moments.moments.length} moments`,
);

/** Every line of every section, in order, with its samples and the section it belongs to. */
async function speakAll(allSections) {
  const spoken = [];
  for (const section of allSections) {
    for (const line of section.lines) {
      const samples = line.chime
        ? chime(sound)
        : await speak(line.spoken, voices[line.speaker], sampleRateHz);
      spoken.push({ ...line, section, samples });
    }
  }
  return spoken;
}

async function levelBySpeaker(spoken) {
  const levelled = spoken.slice();
  for (const speaker of Object.keys(voices)) {
    const places = spoken.flatMap((line, index) => (line.speaker === speaker ? [index] : []));
    const samples = await levelSentences(
      places.map((place) => spoken[place].samples),
      sound,
    );
    places.forEach((place, index) => (levelled[place] = { ...spoken[place], samples: samples[index] }));
  }
  return levelled;
}

async function encode(samples, path) {
  const tags = {
    title: episode.title,
    artist: episode.show,
    album: episode.show,
    album_artist: episode.show,
    date: episode.date,
    track: episode.number,
    genre: 'Podcast',
    comment: episode.description,
  };
  await run(
    'ffmpeg',
    [
      ...['-hide_banner', '-loglevel', 'error', '-y'],
      ...[
        '-f',
        'f32le',
        '-ar',
        String(sampleRateHz),
        '-ac',
        '1',
        '-i',
        'pipe:0',
        '-i',
        inSample('cover.png'),
      ],
      ...['-map', '0:a', '-c:a', 'aac', '-b:a', `${sound.bitRateKbps}k`],
      ...['-map', '1:v', '-c:v', 'copy', '-disposition:v', 'attached_pic'],
      ...Object.entries(tags).flatMap(([name, value]) => ['-metadata', `${name}=${value}`]),
      ...['-fflags', '+bitexact', '-flags:a', '+bitexact', '-movflags', '+faststart'],
      ...['-f', 'ipod', `${path}.partial`],
    ],
    new Uint8Array(samples.buffer),
  );
  await rename(`${path}.partial`, path);
}
