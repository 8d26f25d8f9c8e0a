-- What was recognised or imported stays as it came, in transcript_base. What people and rules changed is a list of
-- operations in transcript_edits. transcript_segments holds the result of both, so that reading it is one query.

CREATE TABLE transcript_base (
  episode_id TEXT NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  speaker TEXT,
  from_s REAL NOT NULL CHECK (from_s >= 0),
  to_s REAL NOT NULL,
  text TEXT NOT NULL,
  words TEXT NOT NULL CHECK (json_valid(words)),
  timing TEXT NOT NULL CHECK (timing IN ('word', 'cue', 'approximate')),
  CHECK (to_s >= from_s),
  PRIMARY KEY (episode_id, position)
) STRICT, WITHOUT ROWID;

INSERT INTO transcript_base (episode_id, position, speaker, from_s, to_s, text, words, timing)
SELECT episode_id, position, speaker, from_s, to_s, text, words, timing FROM transcript_segments;

CREATE TABLE transcript_edits (
  id INTEGER PRIMARY KEY,
  episode_id TEXT NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
  -- Edits made at once share a step; undo takes back one step.
  step INTEGER NOT NULL CHECK (step >= 1),
  author TEXT NOT NULL CHECK (author IN ('person', 'rule')),
  operation TEXT NOT NULL CHECK (json_valid(operation)),
  -- undone: may be redone. reverted: taken back on its own, and not offered by redo.
  state TEXT NOT NULL CHECK (state IN ('applied', 'undone', 'reverted')),
  -- 0 where the words it changes are no longer there, as after another recognition.
  is_found INTEGER NOT NULL DEFAULT 1 CHECK (is_found IN (0, 1)),
  made_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX transcript_edits_by_episode ON transcript_edits (episode_id, id);
