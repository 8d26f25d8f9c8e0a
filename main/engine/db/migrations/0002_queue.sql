-- Who does what, and when. A pending job is ready when run_at is NULL; a delayed one carries the time it waits for,
-- so that the index a claim reads holds only what is ready.

CREATE TABLE workers (
  id TEXT PRIMARY KEY,
  pid INTEGER NOT NULL,
  host TEXT NOT NULL,
  started_at_ms INTEGER NOT NULL,
  heartbeat_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  lane TEXT NOT NULL CHECK (lane IN ('production', 'intake', 'review', 'upkeep')),
  state TEXT NOT NULL CHECK (state IN ('pending', 'processing', 'paused', 'completed', 'failed', 'cancelled')),
  priority INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 3),
  run_at INTEGER,
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  label TEXT NOT NULL,
  episode_id TEXT,
  unique_key TEXT,
  attempt INTEGER NOT NULL DEFAULT 0,
  max_attempts INTEGER NOT NULL DEFAULT 3 CHECK (max_attempts >= 1),
  crashes INTEGER NOT NULL DEFAULT 0,
  worker_id TEXT,
  lease_token TEXT,
  -- Raised by every heartbeat; a reaper judges a lease by watching it stand still, never by a clock of another process.
  lease_counter INTEGER NOT NULL DEFAULT 0,
  stop_request TEXT CHECK (stop_request IN ('cancel', 'pause', 'park')),
  stage TEXT,
  progress REAL NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
  eta_s REAL,
  -- What finished stages made, by stage name: a resumed job skips them.
  artifacts TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(artifacts)),
  -- A finished file about to get its final name: {partialPath, finalPath, device, inode, sizeBytes, sha256}.
  publish_intent TEXT CHECK (publish_intent IS NULL OR json_valid(publish_intent)),
  result TEXT CHECK (result IS NULL OR json_valid(result)),
  failure TEXT CHECK (failure IS NULL OR json_valid(failure)),
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  finished_at INTEGER,
  CHECK ((state = 'processing') = (lease_token IS NOT NULL)),
  CHECK (state = 'pending' OR run_at IS NULL)
) STRICT;
CREATE INDEX jobs_ready ON jobs (lane, priority, id) WHERE state = 'pending' AND run_at IS NULL;
CREATE INDEX jobs_delayed ON jobs (run_at) WHERE state = 'pending' AND run_at IS NOT NULL;
CREATE INDEX jobs_processing ON jobs (lane, worker_id) WHERE state = 'processing';
CREATE UNIQUE INDEX jobs_lease ON jobs (lease_token) WHERE lease_token IS NOT NULL;
CREATE UNIQUE INDEX jobs_unique ON jobs (unique_key) WHERE unique_key IS NOT NULL AND state IN ('pending', 'processing', 'paused');
CREATE INDEX jobs_finished ON jobs (state, finished_at);

CREATE TABLE work_items (
  id INTEGER PRIMARY KEY,
  job_id INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  item_hash TEXT NOT NULL,
  content TEXT NOT NULL CHECK (json_valid(content)),
  state TEXT NOT NULL CHECK (state IN ('pending', 'processing', 'done', 'error')),
  attempts INTEGER NOT NULL DEFAULT 0,
  message TEXT,
  UNIQUE (job_id, item_hash)
) STRICT;
CREATE INDEX work_items_waiting ON work_items (job_id, id) WHERE state = 'pending';

CREATE TABLE production_holds (
  token TEXT PRIMARY KEY,
  job_id INTEGER NOT NULL UNIQUE REFERENCES jobs (id) ON DELETE CASCADE,
  episode_id TEXT,
  started_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;

-- What a person has paused: everything (scope 'all') or one lane. It stays until a person resumes it.
CREATE TABLE queue_pauses (
  scope TEXT PRIMARY KEY CHECK (scope IN ('all', 'production', 'intake', 'review', 'upkeep')),
  paused_at INTEGER NOT NULL
) STRICT;
