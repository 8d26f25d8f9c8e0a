import type { Database } from 'better-sqlite3';
import { readJson } from './json.ts';
import { Episode, MediaFacts, type EpisodeState, type TranscriptSource } from '../../domain/episode.ts';

/** An episode with what only the engine needs to know about its file. */
export interface StoredEpisode {
  readonly episode: Episode;
  readonly facts: MediaFacts;
  readonly fingerprint: string;
  readonly transcriptDigest: string | null;
  /** Name of the folder, among those of all episodes, with what was heard of the recording. */
  readonly analysisFolder: string;
}

interface EpisodeRow {
  id: string;
  show_id: string;
  title: string;
  path: string;
  fingerprint: string;
  size_bytes: number;
  facts: string;
  duration_s: number;
  language: string | null;
  state: string;
  transcript_source: string | null;
  transcript_digest: string | null;
  analysis_folder: string | null;
  notes: string;
  imported_at_ms: number;
}

export interface NewEpisode {
  readonly id: string;
  readonly showId: string;
  readonly title: string;
  readonly path: string;
  readonly fingerprint: string;
  readonly modifiedAtMs: number;
  readonly facts: MediaFacts;
  readonly importedAtMs: number;
}

/** Everything of an episode that follows from its recording. */
export interface NewRecording {
  readonly path: string;
  readonly fingerprint: string;
  readonly modifiedAtMs: number;
  readonly facts: MediaFacts;
  readonly analysisFolder: string;
}

function toStored(row: EpisodeRow): StoredEpisode {
  const facts = MediaFacts.parse(readJson(row.facts));
  const episode = Episode.parse({
    id: row.id,
    showId: row.show_id,
    title: row.title,
    path: row.path,
    sizeBytes: row.size_bytes,
    durationS: row.duration_s,
    hasVideo: facts.video !== null,
    hasAudio: facts.audio.length > 0,
    language: row.language,
    state: row.state,
    transcriptSource: row.transcript_source,
    warnings: facts.warnings,
    notes: readJson(row.notes),
    importedAtMs: row.imported_at_ms,
  });
  return {
    episode,
    facts,
    fingerprint: row.fingerprint,
    transcriptDigest: row.transcript_digest,
    analysisFolder: row.analysis_folder ?? row.id,
  };
}

export function episodeRepository(db: Database) {
  const upsert = db.prepare<Record<string, string | number>>(
    `INSERT INTO episodes (id, show_id, title, path, fingerprint, size_bytes, modified_at_ms, facts, duration_s, state, imported_at_ms)
     VALUES (@id, @showId, @title, @path, @fingerprint, @sizeBytes, @modifiedAtMs, @facts, @durationS, 'importing', @importedAtMs)
     ON CONFLICT (fingerprint) DO UPDATE SET path = excluded.path, modified_at_ms = excluded.modified_at_ms,
       facts = excluded.facts, duration_s = excluded.duration_s`,
  );
  const byId = db.prepare<[string], EpisodeRow>('SELECT * FROM episodes WHERE id = ?');
  const byFingerprint = db.prepare<[string], EpisodeRow>('SELECT * FROM episodes WHERE fingerprint = ?');
  const all = db.prepare<[], EpisodeRow>('SELECT * FROM episodes ORDER BY imported_at_ms DESC, id');
  const setState = db.prepare('UPDATE episodes SET state = @state WHERE id = @id');
  const setTranscript = db.prepare(
    'UPDATE episodes SET transcript_source = @source, transcript_digest = @digest, language = @language WHERE id = @id',
  );
  const setNotes = db.prepare('UPDATE episodes SET notes = @notes WHERE id = @id');
  const setRecording = db.prepare(
    `UPDATE episodes SET path = @path, fingerprint = @fingerprint, size_bytes = @sizeBytes, modified_at_ms = @modifiedAtMs,
                         facts = @facts, duration_s = @durationS, analysis_folder = @analysisFolder WHERE id = @id`,
  );
  const remove = db.prepare<[string]>('DELETE FROM episodes WHERE id = ?');
  return {
    /** Adds the episode, or points the one with the same content at this path; nothing else of it changes. */
    addOrRelink(episode: NewEpisode): void {
      upsert.run({
        ...episode,
        facts: JSON.stringify(episode.facts),
        sizeBytes: episode.facts.sizeBytes,
        durationS: episode.facts.durationS,
      });
    },
    /** Puts another recording in the place of the episode's own. */
    setRecording(id: string, recording: NewRecording): void {
      const { facts } = recording;
      setRecording.run({
        ...recording,
        id,
        facts: JSON.stringify(facts),
        sizeBytes: facts.sizeBytes,
        durationS: facts.durationS,
      });
    },
    get(id: string): StoredEpisode | undefined {
      const row = byId.get(id);
      return row && toStored(row);
    },
    findByFingerprint(fingerprint: string): StoredEpisode | undefined {
      const row = byFingerprint.get(fingerprint);
      return row && toStored(row);
    },
    list(): Episode[] {
      return all.all().map((row) => toStored(row).episode);
    },
    setState(id: string, state: EpisodeState): void {
      setState.run({ id, state });
    },
    setTranscript(
      id: string,
      transcript: { source: TranscriptSource | null; digest: string | null; language: string | null },
    ): void {
      setTranscript.run({ id, ...transcript });
    },
    setNotes(id: string, notes: readonly string[]): void {
      setNotes.run({ id, notes: JSON.stringify(notes) });
    },
    remove(id: string): void {
      remove.run(id);
    },
  };
}
export type EpisodeRepository = ReturnType<typeof episodeRepository>;
