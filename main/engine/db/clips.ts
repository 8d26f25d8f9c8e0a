import type { Database } from 'better-sqlite3';
import { readJson } from './json.ts';
import { Clip, type Candidate, type ClipState } from '../../domain/clip.ts';
import { newId } from '../../domain/id.ts';

interface ClipRow {
  id: string;
  episode_id: string;
  state: string;
  rank: number;
  in_s: number;
  out_s: number;
  score: number;
  confidence: string;
  found_by: string;
  reason: string;
  parts: string;
  title: string;
  text: string;
  speakers: string;
  scorer_version: string;
  is_cut: number;
}

const toClip = (row: ClipRow): Clip =>
  Clip.parse({
    id: row.id,
    episodeId: row.episode_id,
    state: row.state,
    rank: row.rank,
    inS: row.in_s,
    outS: row.out_s,
    durationS: Math.round((row.out_s - row.in_s) * 1000) / 1000,
    score: row.score,
    confidence: row.confidence,
    foundBy: row.found_by,
    reason: row.reason,
    parts: readJson(row.parts),
    title: row.title,
    text: row.text,
    speakers: readJson(row.speakers),
    scorerVersion: row.scorer_version,
    ...(row.is_cut === 1 ? { isCut: true } : {}),
  });

const toRow = (candidate: Candidate, rank: number) => ({
  rank,
  inS: candidate.inS,
  outS: candidate.outS,
  score: candidate.score,
  confidence: candidate.confidence,
  foundBy: candidate.foundBy,
  reason: candidate.reason,
  parts: JSON.stringify(candidate.parts),
  title: candidate.title,
  text: candidate.text,
  speakers: JSON.stringify(candidate.speakers),
  scorerVersion: candidate.scorerVersion,
});

/** A candidate is the same one when it is the same range. */
const rangeKey = (range: { inS: number; outS: number }): string => `${range.inS}-${range.outS}`;

export function clipRepository(db: Database) {
  const byId = db.prepare<[string], ClipRow>('SELECT * FROM clips WHERE id = ?');
  const ofEpisode = db.prepare<[string], ClipRow>(
    'SELECT * FROM clips WHERE episode_id = ? ORDER BY rank, in_s, id',
  );
  const remove = db.prepare<[string]>('DELETE FROM clips WHERE id = ?');
  const setState = db.prepare('UPDATE clips SET state = @state WHERE id = @id');
  const insert = db.prepare(
    `INSERT INTO clips (id, episode_id, state, rank, in_s, out_s, score, confidence, found_by, reason, parts, title, text,
                        speakers, scorer_version, created_at_ms)
     VALUES (@id, @episodeId, @state, @rank, @inS, @outS, @score, @confidence, @foundBy, @reason, @parts, @title, @text,
             @speakers, @scorerVersion, @createdAtMs)`,
  );
  const rescore = db.prepare(
    `UPDATE clips SET rank = @rank, score = @score, confidence = @confidence, reason = @reason, parts = @parts,
                      scorer_version = @scorerVersion WHERE id = @id`,
  );
  const setReading = db.prepare(
    `UPDATE clips SET rank = @rank, score = @score, confidence = @confidence, reason = @reason, parts = @parts,
                      title = @title, text = @text, speakers = @speakers, scorer_version = @scorerVersion WHERE id = @id`,
  );
  const move = db.prepare('UPDATE clips SET in_s = @inS, out_s = @outS, parts = @parts WHERE id = @id');
  const setCut = db.prepare<[string]>('UPDATE clips SET is_cut = 1 WHERE id = ?');
  const counts = db.prepare<[string], { found: number; judged: number; kept: number; exported: number }>(
    `SELECT count(*) AS found, coalesce(sum(state <> 'candidate'), 0) AS judged,
            coalesce(sum(state IN ('kept', 'trimmed')), 0) AS kept,
            coalesce(sum(EXISTS (SELECT 1 FROM exports WHERE exports.clip_id = clips.id)), 0) AS exported
     FROM clips WHERE episode_id = ?`,
  );
  return {
    countsOf(episodeId: string): { found: number; judged: number; kept: number; exported: number } {
      return counts.get(episodeId) ?? { found: 0, judged: 0, kept: 0, exported: 0 };
    },
    setState(id: string, state: ClipState): void {
      setState.run({ id, state });
    },
    /** What a clip says and what it is worth, as it reads now; where it lies and what was decided on it stay. */
    setReading(id: string, rank: number, reading: Candidate): void {
      setReading.run({ ...toRow(reading, rank), id });
    },
    /** The same clip on another clock, as when the recording was replaced: its range and the places of its evidence. */
    move(id: string, { inS, outS, parts }: Pick<Clip, 'inS' | 'outS' | 'parts'>): void {
      move.run({ id, inS, outS, parts: JSON.stringify(parts) });
    },
    /** Notes that the recording no longer has the clip; everything else of it stays. */
    setCut(id: string): void {
      setCut.run(id);
    },
    get(id: string): Clip | undefined {
      const row = byId.get(id);
      return row && toClip(row);
    },
    list(episodeId: string): Clip[] {
      return ofEpisode.all(episodeId).map(toClip);
    },
    /**
     * Puts a new finding in place of the old one, best first. What a person has decided on stays as it is, and a
     * candidate that was found again keeps its id and its exports.
     */
    replaceCandidates(episodeId: string, candidates: readonly Candidate[], nowMs: number): void {
      const rows = ofEpisode.all(episodeId);
      // A clip that was cut has its range on another clock.
      const known = new Map(
        rows.map((row) => [row.is_cut === 1 ? row.id : rangeKey({ inS: row.in_s, outS: row.out_s }), row]),
      );
      for (const [index, candidate] of candidates.entries()) {
        const row = toRow(candidate, index + 1);
        const same = known.get(rangeKey(candidate));
        if (same === undefined)
          insert.run({ ...row, id: newId('clip'), episodeId, state: 'candidate', createdAtMs: nowMs });
        else rescore.run({ ...row, id: same.id });
        known.delete(rangeKey(candidate));
      }
      for (const gone of known.values()) {
        if (gone.state === 'candidate') remove.run(gone.id);
      }
    },
  };
}
export type ClipRepository = ReturnType<typeof clipRepository>;
