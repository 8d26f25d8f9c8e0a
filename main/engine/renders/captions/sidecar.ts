import { type CaptionDocument, cueLines, speakersOf } from './cue.ts';

/** The captions as SubRip. Players take tags in angle brackets and braces for orders: a zero-width space disarms them. */
export const toSrt = ({ cues }: CaptionDocument): string =>
  cues
    .map((cue, index) => {
      const lines = cueLines(cue).map((line) => line.replace(/[<{]|--(?=>)/gu, '$&\u200b'));
      return `${index + 1}\n${clock(cue.fromS, ',')} --> ${clock(cue.toS, ',')}\n${lines.join('\n')}\n`;
    })
    .join('\n');

/** The captions as WebVTT; who speaks is told where anybody is named. */
export function toVtt(document: CaptionDocument): string {
  const isNamed = speakersOf(document).length > 0;
  const cues = document.cues.map((cue) => {
    const voice = isNamed && cue.speaker !== undefined ? `<v ${escapeVtt(cue.speaker)}>` : '';
    const lines = cueLines(cue).map(escapeVtt);
    return `${clock(cue.fromS, '.')} --> ${clock(cue.toS, '.')}\n${voice}${lines.join('\n')}\n`;
  });
  return ['WEBVTT\n', ...cues].join('\n');
}

const escapeVtt = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** 00:01:02.345 with the point or comma that the format wants. */
function clock(seconds: number, point: '.' | ','): string {
  const ms = Math.round(seconds * 1000);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const whole = `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}`;
  return `${whole}${point}${String(ms % 1000).padStart(3, '0')}`;
}
