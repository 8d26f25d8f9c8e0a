-- What the queue needs to be steered and to survive: who asked for a job, where it stands in line, why it is paused,
-- how much work it took, what its pieces are; and the production lock with its history.
-- work_items and production_holds were never written to by an earlier build.

DROP TABLE work_items;
DROP TABLE production_holds;

CREATE TABLE jobs_new (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  lane TEXT NOT NULL CHECK (lane IN ('production', 'intake', 'review', 'upkeep')),
  state TEXT NOT NULL CHECK (state IN ('pending', 'processing', 'paused', 'completed', 'failed', 'cancelled')),
  priority INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 3),
  -- Where it stands among its equals once a person has moved it; until then its id says so.
  place REAL,
  run_at INTEGER,
  -- person: asked for by hand. automatic: batch, feed, watch folder, API. follow-up: what an accepted episode brings along.
  origin TEXT NOT NULL DEFAULT 'person' CHECK (origin IN ('person', 'automatic', 'follow-up')),
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  label TEXT NOT NULL,
  episode_id TEXT,
  show_id TEXT,
  unique_key TEXT,
  attempt INTEGER NOT NULL DEFAULT 0,
  max_attempts INTEGER NOT NULL DEFAULT 3 CHECK (max_attempts >= 1),
  -- Raised by every claim and never given back, so that no two runs of a job ever write under one name.
  claims INTEGER NOT NULL DEFAULT 0,
  crashes INTEGER NOT NULL DEFAULT 0,
  worker_id TEXT,
  lease_token TEXT,
  -- Raised by every heartbeat; a reaper judges a lease by watching it stand still, never by a clock of another process.
  lease_counter INTEGER NOT NULL DEFAULT 0,
  -- yield: make room for production at the next checkpoint.
  stop_request TEXT CHECK (stop_request IN ('cancel', 'pause', 'park', 'yield')),
  -- start: it was under way when the program ended, and the setting says to ask first.
  paused_because TEXT CHECK (paused_because IN ('person', 'start')),
  stage TEXT,
  progress REAL NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
  rate_per_s REAL,
  eta_s REAL,
  -- Milliseconds under a lease, over all runs.
  worked_ms INTEGER NOT NULL DEFAULT 0,
  -- What finished stages made, by stage name: a resumed job skips them.
  artifacts TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(artifacts)),
  -- The pieces of a job that comes in many: how many there are, how they stand, and where its producer goes on.
  items_total INTEGER NOT NULL DEFAULT 0,
  items_done INTEGER NOT NULL DEFAULT 0,
  items_failed INTEGER NOT NULL DEFAULT 0,
  items_duplicate INTEGER NOT NULL DEFAULT 0,
  producer_checkpoint TEXT CHECK (producer_checkpoint IS NULL OR json_valid(producer_checkpoint)),
  -- A finished file about to get its final name: {partialPath, finalPath, device, inode, sizeBytes, sha256}.
  publish_intent TEXT CHECK (publish_intent IS NULL OR json_valid(publish_intent)),
  result TEXT CHECK (result IS NULL OR json_valid(result)),
  failure TEXT CHECK (failure IS NULL OR json_valid(failure)),
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  finished_at INTEGER,
  CHECK ((state = 'processing') = (lease_token IS NOT NULL)),
  CHECK ((state = 'paused') = (paused_because IS NOT NULL)),
  CHECK (state = 'pending' OR run_at IS NULL)
) STRICT;

INSERT INTO jobs_new (id, kind, lane, state, priority, run_at, payload, label, episode_id, unique_key, attempt, max_attempts,
                      claims, crashes, worker_id, lease_token, lease_counter, stop_request, paused_because, stage, progress, eta_s,
                      artifacts, publish_intent, result, failure, created_at, started_at, finished_at)
SELECT id, kind, lane, state, priority, run_at, payload, label, episode_id, unique_key, attempt, max_attempts,
       attempt, crashes, worker_id, lease_token, lease_counter, stop_request, iif(state = 'paused', 'person', NULL), stage, progress, eta_s,
       artifacts, publish_intent, result, failure, created_at, started_at, finished_at
FROM jobs;
DROP TABLE jobs;
ALTER TABLE jobs_new RENAME TO jobs;

-- Every index here is looked at by every change of a job's state: five are enough.
CREATE INDEX jobs_ready ON jobs (lane, priority, coalesce(place, id), id) WHERE state = 'pending' AND run_at IS NULL;
CREATE INDEX jobs_delayed ON jobs (run_at) WHERE state = 'pending' AND run_at IS NOT NULL;
CREATE INDEX jobs_processing ON jobs (lease_token, lane, worker_id) WHERE state = 'processing';
CREATE INDEX jobs_resting ON jobs (state, lane, finished_at) WHERE state IN ('paused', 'completed', 'failed', 'cancelled');
CREATE UNIQUE INDEX jobs_unique ON jobs (unique_key) WHERE unique_key IS NOT NULL AND state IN ('pending', 'processing', 'paused');

CREATE TABLE work_items (
  id INTEGER PRIMARY KEY,
  job_id INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  -- sha256 of the content and of its metadata in canonical form.
  item_hash TEXT NOT NULL,
  content TEXT NOT NULL CHECK (json_valid(content)),
  state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'processing', 'done', 'error')),
  attempts INTEGER NOT NULL DEFAULT 0,
  message TEXT,
  UNIQUE (job_id, item_hash)
) STRICT;
CREATE INDEX work_items_waiting ON work_items (job_id, id) WHERE state = 'pending';
CREATE INDEX work_items_taken ON work_items (job_id) WHERE state = 'processing';

-- One row for each running export. A hold stands while its token is the lease of a job at work, and until its time runs out.
CREATE TABLE production_holds (
  token TEXT PRIMARY KEY,
  job_id INTEGER NOT NULL UNIQUE REFERENCES jobs (id) ON DELETE CASCADE,
  level TEXT NOT NULL CHECK (level IN ('all', 'show', 'episode')),
  show_id TEXT,
  episode_id TEXT,
  started_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;

-- What a person says about background review, whatever the holds say; and how it comes back after production.
CREATE TABLE review_gate (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  say TEXT NOT NULL DEFAULT 'auto' CHECK (say IN ('auto', 'paused', 'running')),
  said_at INTEGER,
  -- After a release review comes back one job at a time: the next one not before this moment, until the ramp ends.
  next_claim_at INTEGER,
  ramp_ends_at INTEGER
) STRICT;
INSERT INTO review_gate (one) VALUES (1);

-- Every stretch in which review stood aside: why, for how long, and what waited.
CREATE TABLE review_pauses (
  id INTEGER PRIMARY KEY,
  cause TEXT NOT NULL CHECK (cause IN ('production', 'person')),
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  parked INTEGER NOT NULL DEFAULT 0,
  deferred INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX review_pauses_open ON review_pauses (cause) WHERE ended_at IS NULL;

-- What is paused: everything (scope 'all') or one lane, and why. A person's pause stays until a person resumes it; the
-- battery's ends by itself.
CREATE TABLE queue_pauses_new (
  scope TEXT NOT NULL CHECK (scope IN ('all', 'production', 'intake', 'review', 'upkeep')),
  because TEXT NOT NULL CHECK (because IN ('person', 'battery')),
  paused_at INTEGER NOT NULL,
  PRIMARY KEY (scope, because)
) STRICT;
INSERT INTO queue_pauses_new (scope, because, paused_at) SELECT scope, 'person', paused_at FROM queue_pauses;
DROP TABLE queue_pauses;
ALTER TABLE queue_pauses_new RENAME TO queue_pauses;

-- What kind of process a worker is: the window, a command, or a worker that somebody started.
ALTER TABLE workers ADD COLUMN role TEXT NOT NULL DEFAULT 'command' CHECK (role IN ('window', 'command', 'worker'));

-- How loud an episode is, measured piece by piece in the background: how many blocks of 400 ms had which loudness.
CREATE TABLE loudness_pieces (
  episode_id TEXT NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
  from_s REAL NOT NULL,
  histogram TEXT NOT NULL CHECK (json_valid(histogram)),
  PRIMARY KEY (episode_id, from_s)
) STRICT;
ALTER TABLE episodes ADD COLUMN integrated_lufs REAL;
