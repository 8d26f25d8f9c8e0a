-- What may go, what went and how it comes back; the archive; when upkeep ran last; and pauses for want of room.

CREATE TABLE owned_files_new (
  id INTEGER PRIMARY KEY,
  -- Relative to the library; nothing outside it is ever owned.
  path TEXT NOT NULL UNIQUE,
  category TEXT NOT NULL
    CHECK (category IN ('episode-copy', 'analysis', 'model', 'export', 'backup', 'log', 'archive')),
  episode_id TEXT REFERENCES episodes (id) ON DELETE SET NULL,
  device INTEGER NOT NULL,
  inode INTEGER NOT NULL,
  size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0),
  created_at_ms INTEGER NOT NULL,
  used_at_ms INTEGER NOT NULL
) STRICT;
INSERT INTO owned_files_new (id, path, category, episode_id, device, inode, size_bytes, created_at_ms, used_at_ms)
SELECT id, path, category, episode_id, device, inode, size_bytes, created_at_ms, used_at_ms FROM owned_files;
DROP TABLE owned_files;
ALTER TABLE owned_files_new RENAME TO owned_files;

-- A row is written before its file is touched, and says afterwards where the file is. intended, restoring and emptying
-- are what a process that was killed leaves behind; the next one looks at the disk and settles them.
CREATE TABLE removals (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- All removals of one cleanup share it, so that they can be undone together.
  run TEXT NOT NULL,
  path TEXT NOT NULL,
  category TEXT NOT NULL,
  episode_id TEXT,
  device INTEGER NOT NULL,
  inode INTEGER NOT NULL,
  size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0),
  created_at_ms INTEGER NOT NULL,
  used_at_ms INTEGER NOT NULL,
  reason TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('intended', 'removed', 'restoring', 'undone', 'emptying', 'emptied')),
  -- Where it is in the library's trash; NULL when it went to the system's.
  kept_as TEXT,
  changed_at_ms INTEGER NOT NULL,
  -- The last state that the journal tells of.
  journaled TEXT
) STRICT;
CREATE INDEX removals_unsettled ON removals (id) WHERE state IN ('intended', 'restoring', 'emptying');
CREATE INDEX removals_in_trash ON removals (changed_at_ms) WHERE state = 'removed' AND kept_as IS NOT NULL;
CREATE INDEX removals_untold ON removals (id) WHERE journaled IS NOT state;
CREATE INDEX removals_by_run ON removals (run);

CREATE TABLE archived_episodes (
  episode_id TEXT PRIMARY KEY REFERENCES episodes (id) ON DELETE CASCADE,
  -- Where the recording was, relative to the library, and where it is now.
  was_path TEXT NOT NULL,
  path TEXT NOT NULL,
  device INTEGER NOT NULL,
  inode INTEGER NOT NULL,
  size_bytes INTEGER NOT NULL CHECK (size_bytes > 0),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  archived_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE upkeep_runs (
  name TEXT PRIMARY KEY,
  last_at_ms INTEGER NOT NULL
) STRICT;

-- A pause for want of room ends by itself when there is room again.
CREATE TABLE queue_pauses_new (
  scope TEXT NOT NULL CHECK (scope IN ('all', 'production', 'intake', 'review', 'upkeep')),
  because TEXT NOT NULL CHECK (because IN ('person', 'battery', 'disk-low')),
  paused_at INTEGER NOT NULL,
  PRIMARY KEY (scope, because)
) STRICT;
INSERT INTO queue_pauses_new (scope, because, paused_at) SELECT scope, because, paused_at FROM queue_pauses;
DROP TABLE queue_pauses;
ALTER TABLE queue_pauses_new RENAME TO queue_pauses;
