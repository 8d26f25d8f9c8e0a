-- What recognisers have heard, and the models they hear with.

-- Sound that was recognised once with one model and the same settings is never recognised again, in whichever episode.
CREATE TABLE recognised_chunks (
  -- sha256 of the samples, the model's files and the settings.
  hash TEXT PRIMARY KEY,
  model_id TEXT NOT NULL,
  -- What was heard, on the clock of the chunk.
  heard TEXT NOT NULL CHECK (json_valid(heard)),
  sound_s REAL NOT NULL CHECK (sound_s > 0),
  took_s REAL NOT NULL CHECK (took_s >= 0),
  recognised_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX recognised_chunks_by_model ON recognised_chunks (model_id);

CREATE TABLE speech_models (
  id TEXT PRIMARY KEY,
  -- Name, engine, languages, licence, the role and name of each file.
  description TEXT NOT NULL CHECK (json_valid(description)),
  -- Relative to the library.
  folder TEXT NOT NULL,
  benchmark TEXT CHECK (benchmark IS NULL OR json_valid(benchmark)),
  installed_at_ms INTEGER NOT NULL
) STRICT;

-- What each file of a model was when it first came in whole. It outlives the model, so that a file that has changed at its
-- address is refused the next time.
CREATE TABLE speech_model_pins (
  model_id TEXT NOT NULL,
  name TEXT NOT NULL,
  size_bytes INTEGER NOT NULL CHECK (size_bytes > 0),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  pinned_at_ms INTEGER NOT NULL,
  PRIMARY KEY (model_id, name)
) STRICT;
