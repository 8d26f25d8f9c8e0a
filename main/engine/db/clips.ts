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
  chosen_by: string | null;
  mark_id: number | null;
  reason: string;
  parts: string;
  features: string;
  title: string;
  titles: string;
  text: string;
  speakers: string;
  scorer_version: string;
  is_cut: number;
}

/** What else the finder knows of a clip. */
const Features = Clip.pick({ ladder: true });

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
    foundBy: row.chosen_by ?? row.found_by,
    reason: row.reason,
    parts: readJson(row.parts),
    title: row.title,
    titles: readJson(row.titles),
    text: row.text,
    speakers: readJson(row.speakers),
    scorerVersion: row.scorer_version,
    ...(row.is_cut === 1 ? { isCut: true } : {}),
    ...Features.parse(readJson(row.features)),
  });

/** What the finder proposes, and for a person's mark which mark it is. */
export type Proposal = Candidate & { readonly markId?: number };

/** By what evidence a clip was scored, whoever chose it. */
const scoredBy = ({ foundBy, text }: Candidate): 'words' | 'ear' =>
  foundBy === 'ear' || text === '' ? 'ear' : 'words';
const chosenBy = ({ foundBy }: Candidate): 'mark' | 'coldOpen' | null =>
  foundBy === 'mark' || foundBy === 'coldOpen' ? foundBy : null;

const featuresOf = ({ ladder }: Candidate): string => JSON.stringify(ladder === undefined ? {} : { ladder });

const toRow = (candidate: Proposal, rank: number) => ({
  rank,
  inS: candidate.inS,
  outS: candidate.outS,
  score: candidate.score,
  confidence: candidate.confidence,
  foundBy: scoredBy(candidate),
  chosenBy: chosenBy(candidate),
  markId: candidate.markId ?? null,
  reason: candidate.reason,
  parts: JSON.stringify(candidate.parts),
  features: featuresOf(candidate),
  title: candidate.title,
  titles: JSON.stringify(candidate.titles),
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
  // What a person marked off the record is not proposed; what they chose before is still theirs to see.
  const shown = db.prepare<[string], ClipRow>(
    `SELECT * FROM clips WHERE episode_id = ? AND (state <> 'candidate' OR NOT EXISTS (
       SELECT 1 FROM off_limits WHERE off_limits.episode_id = clips.episode_id AND kind = 'off-record'
         AND from_s < out_s AND to_s > in_s)) ORDER BY rank, in_s, id`,
  );
  const remove = db.prepare<[string]>('DELETE FROM clips WHERE id = ?');
  const setState = db.prepare('UPDATE clips SET state = @state WHERE id = @id');
  const insert = db.prepare(
    `INSERT INTO clips (id, episode_id, state, rank, in_s, out_s, score, confidence, found_by, chosen_by, mark_id, reason, parts,
                        features, title, titles, text, speakers, scorer_version, created_at_ms)
     VALUES (@id, @episodeId, @state, @rank, @inS, @outS, @score, @confidence, @foundBy, @chosenBy, @markId, @reason, @parts,
             @features, @title, @titles, @text, @speakers, @scorerVersion, @createdAtMs)`,
  );
  const rescore = db.prepare(
    `UPDATE clips SET rank = @rank, score = @score, confidence = @confidence, reason = @reason, parts = @parts,
                      chosen_by = @chosenBy, mark_id = @markId, features = @features, titles = @titles, scorer_version = @scorerVersion,
                      title = CASE WHEN state = 'candidate' AND title_chosen = 0 THEN @title ELSE title END WHERE id = @id`,
  );
  const recut = db.prepare(
    `UPDATE clips SET state = @state, in_s = @inS, out_s = @outS, score = @score, confidence = @confidence,
                      reason = @reason, parts = @parts, features = @features, titles = @titles, text = @text, speakers = @speakers,
                      scorer_version = @scorerVersion,
                      title = CASE title_chosen WHEN 0 THEN @title ELSE title END WHERE id = @id`,
  );
  const hasFeedback = db
    .prepare<[string], number>(
      `SELECT EXISTS (SELECT 1 FROM feedback WHERE clip_id = ? AND undone_at_ms IS NULL AND kind <> 'cold-open')`,
    )
    .pluck();
  const setTitle = db.prepare('UPDATE clips SET title = @title, title_chosen = 1 WHERE id = @id');
  const setReading = db.prepare(
    `UPDATE clips SET rank = @rank, score = @score, confidence = @confidence, reason = @reason, parts = @parts,
                      features = @features, titles = @titles, text = @text, speakers = @speakers, scorer_version = @scorerVersion,
                      title = CASE title_chosen WHEN 0 THEN @title ELSE title END WHERE id = @id`,
  );
  const move = db.prepare(
    'UPDATE clips SET in_s = @inS, out_s = @outS, parts = @parts, titles = @titles, features = @features WHERE id = @id',
  );
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
    /** How many clips the last search proposed beside those for a person's marks, as far as its candidates still tell. */
    countProposed(episodeId: string): number {
      const rows = ofEpisode.all(episodeId);
      const lowest = Math.max(
        0,
        ...rows.filter(({ state }) => state === 'candidate').map(({ rank }) => rank),
      );
      return Math.max(0, lowest - rows.filter((row) => row.chosen_by === 'mark').length);
    },
    setState(id: string, state: ClipState): void {
      setState.run({ id, state });
    },
    /** Gives a clip another range with its score and words; its id, rank and exports stay. */
    recut(id: string, candidate: Candidate, state: ClipState): void {
      recut.run({ ...toRow(candidate, 1), id, state });
    },
    setTitle(id: string, title: string): void {
      setTitle.run({ id, title });
    },
    /** What a clip says and what it is worth, as it reads now; where it lies and what was decided on it stay. */
    setReading(id: string, rank: number, reading: Candidate): void {
      setReading.run({ ...toRow(reading, rank), id });
    },
    /** The same clip on another clock, as when the recording was replaced: its range and every place that it names. */
    move(id: string, moved: Candidate): void {
      const { inS, outS, parts, titles } = moved;
      const features = featuresOf(moved);
      move.run({ id, inS, outS, parts: JSON.stringify(parts), titles: JSON.stringify(titles), features });
    },
    /** Notes that the recording no longer has the clip; everything else of it stays. */
    setCut(id: string): void {
      setCut.run(id);
    },
    get(id: string): Clip | undefined {
      const row = byId.get(id);
      return row && toClip(row);
    },
    /** The marks whose clip a person has already decided on, kept, rejected or trimmed. */
    decidedMarks(episodeId: string): ReadonlySet<number> {
      const rows = ofEpisode
        .all(episodeId)
        .filter((row) => row.state !== 'candidate' && row.is_cut === 0 && row.mark_id !== null);
      return new Set(rows.map((row) => row.mark_id ?? 0));
    },
    /** Candidates that are hidden because they are off the record as well. */
    listAll(episodeId: string): Clip[] {
      return ofEpisode.all(episodeId).map(toClip);
    },
    list(episodeId: string): Clip[] {
      return shown.all(episodeId).map(toClip);
    },
    /** Adds a clip that a person made of a moment they chose, below all others of its episode. */
    addChosen(episodeId: string, candidate: Candidate, nowMs: number): Clip {
      const id = newId('clip');
      const rank = ofEpisode.all(episodeId).length + 1;
      insert.run({ ...toRow(candidate, rank), id, episodeId, state: 'kept', createdAtMs: nowMs });
      return { ...candidate, id, episodeId, state: 'kept', rank };
    },
    /**
     * Puts a new finding in place of the old one, best first. What a person has decided on, rated or commented stays as it is, and a
     * candidate that was found again keeps its id and its exports.
     */
    replaceCandidates(episodeId: string, candidates: readonly Proposal[], nowMs: number): void {
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
        if (gone.state === 'candidate' && hasFeedback.get(gone.id) === 0) remove.run(gone.id);
      }
    },
  };
}
export type ClipRepository = ReturnType<typeof clipRepository>;
