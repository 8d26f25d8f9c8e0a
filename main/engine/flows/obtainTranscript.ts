import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { toWireError } from '../../domain/errors.ts';
import type { TranscriptSource } from '../../domain/episode.ts';
import type { TimeRange } from '../../domain/time.ts';
import type { Segment, Transcript } from '../../domain/transcript.ts';
import type { StoredEpisode } from '../db/episodes.ts';
import { readEmbeddedTranscript } from '../media/embeddedText.ts';
import type { MediaTools } from '../media/tools.ts';
import { findTranscriptBeside } from '../transcripts/beside.ts';
import { loadTranscript, transcriptFromBytes } from '../transcripts/load.ts';

interface Obtained {
  readonly segments: readonly Segment[];
  readonly source: TranscriptSource | null;
  readonly digest: string | null;
  readonly language: string | null;
}

export interface TranscriptSearch {
  readonly givenPath: string | null;
  readonly speech: readonly TimeRange[] | undefined;
  readonly workDir: string;
  readonly signal: AbortSignal;
}

/**
 * The words of an episode: the transcript a person gave, else one that lies beside the file, else one inside it.
 * A given one that cannot be used is an error; one that was merely found is left aside with a note.
 * "keep" means that words a person gave or typed earlier stay as they are.
 */
export async function obtainTranscript(
  tools: MediaTools,
  { episode, facts }: StoredEpisode,
  search: TranscriptSearch,
): Promise<{ transcript: Obtained | 'keep'; notes: string[] }> {
  const fitting = {
    durationS: facts.durationS,
    ...(search.speech === undefined ? {} : { speech: search.speech }),
  };
  if (search.givenPath !== null) {
    const given = await loadTranscript({ path: search.givenPath, ...fitting });
    const digest = await digestOf(search.givenPath);
    return { transcript: obtained(given, 'given', digest), notes: given.notes.map((note) => note.text) };
  }
  if (episode.transcriptSource === 'given' || episode.transcriptSource === 'typed')
    return { transcript: 'keep', notes: [] };
  const notes: string[] = [];
  const attempts: readonly (() => Promise<Obtained | undefined>)[] = [
    async () => {
      const path = await findTranscriptBeside(episode.path);
      if (path === undefined) return undefined;
      const beside = await noteFailure(notes, basename(path), () => loadTranscript({ path, ...fitting }));
      return beside && obtained(beside, 'beside', await digestOf(path));
    },
    async () => {
      const embedded = await readEmbeddedTranscript(tools, episode.path, facts, {
        cwd: search.workDir,
        signal: search.signal,
      });
      if (embedded === undefined) return undefined;
      const bytes = Buffer.from(embedded.text, 'utf8');
      const inside = await noteFailure(notes, 'the text inside the recording', () =>
        Promise.resolve(transcriptFromBytes(bytes, embedded.fileName, fitting)),
      );
      return inside && obtained(inside, 'embedded', createHash('sha256').update(bytes).digest('hex'));
    },
  ];
  for (const attempt of attempts) {
    const transcript = await attempt();
    if (transcript !== undefined) return { transcript, notes };
  }
  // What was recognised earlier is as good as it was: only another transcript takes its place.
  if (episode.transcriptSource === 'recognised') return { transcript: 'keep', notes };
  return { transcript: { segments: [], source: null, digest: null, language: null }, notes };
}

const obtained = (transcript: Transcript, source: TranscriptSource, digest: string): Obtained => ({
  segments: transcript.segments,
  source,
  digest,
  language: transcript.language ?? null,
});

const digestOf = async (path: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');

async function noteFailure(
  notes: string[],
  what: string,
  load: () => Promise<Transcript>,
): Promise<Transcript | undefined> {
  try {
    const transcript = await load();
    notes.push(...transcript.notes.map((note) => note.text));
    return transcript;
  } catch (error) {
    const { title, detail } = toWireError(error);
    notes.push(`A transcript was found (${what}) but not used. ${title} ${detail}`);
    return undefined;
  }
}
