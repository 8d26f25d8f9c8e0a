-- What the program owns on disk, what it has learned, and how it is doing.

CREATE TABLE owned_files (
  id INTEGER PRIMARY KEY,
  -- Relative to the library; nothing outside it is ever owned.
  path TEXT NOT NULL UNIQUE,
  category TEXT NOT NULL CHECK (category IN ('episode-copy', 'analysis', 'model', 'export', 'backup', 'log')),
  episode_id TEXT REFERENCES episodes (id) ON DELETE SET NULL,
  device INTEGER NOT NULL,
  inode INTEGER NOT NULL,
  size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0),
  created_at_ms INTEGER NOT NULL,
  used_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE model_weights (
  id INTEGER PRIMARY KEY,
  show_id TEXT NOT NULL REFERENCES shows (id) ON DELETE CASCADE,
  feature TEXT NOT NULL,
  before_value REAL NOT NULL,
  after_value REAL NOT NULL,
  because TEXT NOT NULL,
  changed_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE quota_usage (
  provider TEXT NOT NULL,
  key_id TEXT NOT NULL,
  day TEXT NOT NULL,
  reserved INTEGER NOT NULL DEFAULT 0 CHECK (reserved >= 0),
  settled INTEGER NOT NULL DEFAULT 0 CHECK (settled >= 0),
  PRIMARY KEY (provider, key_id, day)
) STRICT;

CREATE TABLE breakers (
  provider TEXT PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('closed', 'open', 'half-open')),
  failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
  opened_at_ms INTEGER,
  retry_at_ms INTEGER
) STRICT;

CREATE TABLE metrics (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  value REAL NOT NULL,
  labels TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(labels)),
  at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX metrics_by_time ON metrics (at_ms);

CREATE TABLE error_groups (
  id TEXT PRIMARY KEY,
  code TEXT NOT NULL,
  detail TEXT NOT NULL,
  count INTEGER NOT NULL CHECK (count > 0),
  first_at_ms INTEGER NOT NULL,
  last_at_ms INTEGER NOT NULL,
  last_context TEXT NOT NULL CHECK (json_valid(last_context))
) STRICT;
