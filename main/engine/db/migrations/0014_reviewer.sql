-- The language-model reviewer: its keys (never their secrets), what was asked of them, how its providers are, and what it
-- said of clips. breakers and quota_usage were never written to by an earlier build.

CREATE TABLE reviewer_keys (
  id TEXT PRIMARY KEY,
  provider TEXT NOT NULL,
  label TEXT NOT NULL,
  -- Asks a day; NULL where there is no limit.
  daily_limit INTEGER CHECK (daily_limit IS NULL OR daily_limit >= 0),
  -- The provider said to come back later: not before this moment, and how often in a row it said so.
  blocked_until_ms INTEGER,
  strikes INTEGER NOT NULL DEFAULT 0 CHECK (strikes >= 0),
  -- The provider does not know the key (any more); NULL while it does.
  rejected_at_ms INTEGER,
  added_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX reviewer_keys_by_provider ON reviewer_keys (provider, added_at_ms);

-- One row for each ask that was begun and whose end is not known yet. It counts against its key's day; an ask that is
-- repeated after a restart takes its row over instead of counting twice.
CREATE TABLE quota_reservations (
  ask_id TEXT PRIMARY KEY,
  provider TEXT NOT NULL,
  key_id TEXT NOT NULL,
  day TEXT NOT NULL,
  reserved_at_ms INTEGER NOT NULL
) STRICT;

-- How the last ten asks ended (1 well, 0 not), the newest last, and how often it opened in a row.
ALTER TABLE breakers ADD COLUMN recent TEXT NOT NULL DEFAULT '' CHECK (recent NOT GLOB '*[^01]*' AND length(recent) <= 10);
ALTER TABLE breakers ADD COLUMN openings INTEGER NOT NULL DEFAULT 0 CHECK (openings >= 0);
-- The provider asked everybody without a key to come back later: not before this moment.
ALTER TABLE breakers ADD COLUMN blocked_until_ms INTEGER;

-- Answers by what was asked, by whom it was answered and in which words: the same is never asked twice.
CREATE TABLE reviewer_answers (
  hash TEXT PRIMARY KEY,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  answer TEXT NOT NULL CHECK (json_valid(answer)),
  answered_at_ms INTEGER NOT NULL
) STRICT;

-- What a model thinks of a clip whose words were these; another cut or another model makes it old.
CREATE TABLE clip_reviews (
  clip_id TEXT PRIMARY KEY REFERENCES clips (id) ON DELETE CASCADE,
  hash TEXT NOT NULL,
  review TEXT NOT NULL CHECK (json_valid(review)),
  reviewed_at_ms INTEGER NOT NULL
) STRICT;
CREATE TRIGGER clip_reviewed AFTER INSERT ON clip_reviews BEGIN
  INSERT INTO episode_changes SELECT episode_id, 1 FROM clips WHERE id = new.clip_id
  ON CONFLICT DO UPDATE SET version = version + 1;
END;

-- How long a delayed job may wait at most: a job that waits for a quota waits hours, one that is tried again minutes.
-- A time further off than that means that the clock was set back.
ALTER TABLE jobs ADD COLUMN longest_wait_ms INTEGER CHECK (longest_wait_ms IS NULL OR longest_wait_ms > 0);
