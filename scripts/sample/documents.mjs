/** The papers beside the sound: captions and the list of moments, both with times counted in samples of the real speech. */

export function toVtt(placed, { episode, voices, sampleRateHz }) {
  const cues = spokenLines(placed).map((line) => {
    const times = `${timestamp(line.fromSample / sampleRateHz)} --> ${timestamp(line.toSample / sampleRateHz)}`;
    return `${times}\n<v ${voices[line.speaker].fullName}>${escapeCueText(line.written)}</v>\n`;
  });
  return ['WEBVTT\n', `NOTE ${episode.show}, episode ${episode.number}: ${episode.title}\n`, ...cues].join(
    '\n',
  );
}

/** Moments worth a clip, and the ranges that a finder should leave alone. */
export function toMoments(placed, { episode, sections, lengthInSamples, sampleRateHz }) {
  const rangeOf = (section) => {
    const lines = placed.filter((line) => line.section === section);
    return {
      fromS: roundToMs(lines[0].fromSample / sampleRateHz),
      toS: roundToMs(lines.at(-1).toSample / sampleRateHz),
    };
  };
  return {
    show: episode.show,
    title: episode.title,
    durationS: roundToMs(lengthInSamples / sampleRateHz),
    moments: sections
      .filter(({ moment }) => moment)
      .map((s) => ({ title: s.moment.title, kind: s.moment.kind, ...rangeOf(s) })),
    ranges: sections
      .filter(({ kind }) => !['moment', 'chime'].includes(kind))
      .map((s) => ({ kind: s.kind, ...rangeOf(s) })),
  };
}

const spokenLines = (placed) => placed.filter((line) => !line.chime);
const roundToMs = (seconds) => Math.round(seconds * 1000) / 1000;
const escapeCueText = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function timestamp(seconds) {
  const ms = Math.round(seconds * 1000);
  const part = (value, digits) => String(value).padStart(digits, '0');
  const [h, m, s] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60];
  return `${part(h, 2)}:${part(m, 2)}:${part(s, 2)}.${part(ms % 1000, 3)}`;
}
