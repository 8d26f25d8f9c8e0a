import { AppError } from '../../domain/errors.ts';
import type { TranscriptFileFormat } from '../../domain/transcript.ts';
import { cutToClip, writeTranscript } from '../transcripts/formats/write.ts';
import { assertInRecording } from './clipInRecording.ts';
import type { EngineContext } from './context.ts';

const EXTENSIONS: Readonly<Record<TranscriptFileFormat, string>> = {
  srt: 'srt',
  vtt: 'vtt',
  txt: 'txt',
  json: 'json',
  whisper: 'whisper.json',
};

/**
 * The transcript of an episode, or of one clip with its in point as second 0, as the text of a file and a name for it.
 * Throws NOT_FOUND, CLIP_CUT, or TRANSCRIPT_EMPTY where nothing is written down.
 */
export function exportTranscript(
  engine: EngineContext,
  id: string,
  format: TranscriptFileFormat,
): { text: string; fileName: string } {
  const clip = engine.clips.get(id);
  if (clip !== undefined) assertInRecording(clip);
  const episodeId = clip?.episodeId ?? id;
  const stored = engine.episodes.get(episodeId);
  if (stored === undefined) throw new AppError('NOT_FOUND', `there is no episode and no clip ${id}`);
  const all = engine.segments.list(episodeId);
  const segments = clip === undefined ? all : cutToClip(all, { fromS: clip.inS, toS: clip.outS });
  if (segments.length === 0) throw new AppError('TRANSCRIPT_EMPTY', `no words are known of ${id}`);
  const language = stored.episode.language ?? undefined;
  const title = (clip ?? stored.episode).title.replace(/[/\\:*?"<>|\p{Cc}]+/gu, ' ').trim();
  return {
    text: writeTranscript({ segments, language }, format),
    fileName: `${title.slice(0, 80)}.${EXTENSIONS[format]}`,
  };
}
