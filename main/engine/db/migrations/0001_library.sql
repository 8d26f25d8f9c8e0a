-- What the library remembers about shows, their episodes, the words in them, and the clips cut from them.
-- Seconds are REAL on the episode's clock; wall time is INTEGER milliseconds.

CREATE TABLE shows (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (name <> ''),
  language TEXT,
  speakers TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(speakers)),
  names TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(names)),
  profile TEXT NOT NULL DEFAULT 'insight' CHECK (profile IN ('insight', 'humour', 'story')),
  off_limits_phrases TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(off_limits_phrases)),
  brand TEXT NOT NULL CHECK (json_valid(brand)),
  crop_boxes TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(crop_boxes)),
  presets TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(presets)),
  export_folder TEXT,
  export_name_template TEXT NOT NULL,
  learned_weights TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(learned_weights))
) STRICT;

CREATE TABLE episodes (
  id TEXT PRIMARY KEY,
  show_id TEXT NOT NULL REFERENCES shows (id),
  title TEXT NOT NULL,
  path TEXT NOT NULL,
  -- Size and a digest of parts of the content: finds the same recording again under another name.
  fingerprint TEXT NOT NULL UNIQUE,
  size_bytes INTEGER NOT NULL CHECK (size_bytes > 0),
  modified_at_ms INTEGER NOT NULL,
  facts TEXT NOT NULL CHECK (json_valid(facts)),
  duration_s REAL NOT NULL CHECK (duration_s > 0),
  language TEXT,
  state TEXT NOT NULL CHECK (state IN ('importing', 'ready', 'failed')),
  transcript_source TEXT CHECK (transcript_source IN ('given', 'beside', 'embedded', 'recognised', 'typed')),
  transcript_digest TEXT,
  -- Sentences for a person: what was repaired in the transcript, what was left aside.
  notes TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(notes)),
  imported_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX episodes_by_show ON episodes (show_id, imported_at_ms);

CREATE TABLE transcript_segments (
  id INTEGER PRIMARY KEY,
  episode_id TEXT NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  speaker TEXT,
  from_s REAL NOT NULL CHECK (from_s >= 0),
  to_s REAL NOT NULL,
  text TEXT NOT NULL,
  words TEXT NOT NULL CHECK (json_valid(words)),
  timing TEXT NOT NULL CHECK (timing IN ('word', 'cue', 'approximate')),
  CHECK (to_s >= from_s),
  UNIQUE (episode_id, position)
) STRICT;

CREATE VIRTUAL TABLE transcript_words USING fts5 (text, content = 'transcript_segments', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');
CREATE TRIGGER transcript_segments_added AFTER INSERT ON transcript_segments BEGIN
  INSERT INTO transcript_words (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER transcript_segments_removed AFTER DELETE ON transcript_segments BEGIN
  INSERT INTO transcript_words (transcript_words, rowid, text) VALUES ('delete', old.id, old.text);
END;
CREATE TRIGGER transcript_segments_changed AFTER UPDATE OF text ON transcript_segments BEGIN
  INSERT INTO transcript_words (transcript_words, rowid, text) VALUES ('delete', old.id, old.text);
  INSERT INTO transcript_words (rowid, text) VALUES (new.id, new.text);
END;

CREATE TABLE clips (
  id TEXT PRIMARY KEY,
  episode_id TEXT NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
  state TEXT NOT NULL CHECK (state IN ('candidate', 'kept', 'rejected', 'trimmed')),
  rank INTEGER NOT NULL CHECK (rank >= 1),
  in_s REAL NOT NULL CHECK (in_s >= 0),
  out_s REAL NOT NULL,
  score REAL NOT NULL CHECK (score BETWEEN 0 AND 100),
  confidence TEXT NOT NULL CHECK (confidence IN ('low', 'medium', 'high')),
  found_by TEXT NOT NULL CHECK (found_by IN ('words', 'ear')),
  reason TEXT NOT NULL,
  parts TEXT NOT NULL CHECK (json_valid(parts)),
  features TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(features)),
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  speakers TEXT NOT NULL CHECK (json_valid(speakers)),
  platform TEXT,
  genre TEXT,
  scorer_version TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  CHECK (out_s > in_s)
) STRICT;
CREATE INDEX clips_by_episode ON clips (episode_id, rank);

CREATE TABLE feedback (
  id INTEGER PRIMARY KEY,
  clip_id TEXT NOT NULL REFERENCES clips (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('keep', 'reject', 'trim', 'rating', 'comment')),
  rating INTEGER CHECK (rating BETWEEN 1 AND 5),
  comment TEXT,
  detail TEXT CHECK (detail IS NULL OR json_valid(detail)),
  given_at_ms INTEGER NOT NULL,
  CHECK ((kind = 'rating') = (rating IS NOT NULL))
) STRICT;
CREATE INDEX feedback_by_clip ON feedback (clip_id, given_at_ms);

CREATE TABLE marks (
  id INTEGER PRIMARY KEY,
  episode_id TEXT NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
  at_s REAL NOT NULL CHECK (at_s >= 0),
  note TEXT NOT NULL DEFAULT '',
  created_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE off_limits (
  id INTEGER PRIMARY KEY,
  episode_id TEXT NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
  from_s REAL NOT NULL CHECK (from_s >= 0),
  to_s REAL NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('advert', 'intro', 'outro', 'housekeeping', 'off-record')),
  reason TEXT NOT NULL,
  overruled INTEGER NOT NULL DEFAULT 0 CHECK (overruled IN (0, 1)),
  CHECK (to_s > from_s)
) STRICT;
CREATE INDEX off_limits_by_episode ON off_limits (episode_id, from_s);

CREATE TABLE exports (
  id TEXT PRIMARY KEY,
  clip_id TEXT NOT NULL REFERENCES clips (id) ON DELETE CASCADE,
  job_id INTEGER NOT NULL UNIQUE,
  preset TEXT NOT NULL,
  recipe TEXT NOT NULL CHECK (json_valid(recipe)),
  recipe_hash TEXT NOT NULL,
  path TEXT NOT NULL,
  bytes INTEGER NOT NULL CHECK (bytes > 0),
  duration_s REAL NOT NULL CHECK (duration_s > 0),
  width INTEGER,
  height INTEGER,
  integrated_lufs REAL NOT NULL,
  true_peak_dbtp REAL NOT NULL,
  proof TEXT NOT NULL CHECK (json_valid(proof)),
  exported_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX exports_by_clip ON exports (clip_id);

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT;
