-- What a person thought of a clip, what a show has taught the scorer, and where its words were heard before.

-- Feedback outlives its clip: a new search may drop the clip, what was thought of it stays part of what is learned.
CREATE TABLE feedback_for_ever (
  id INTEGER PRIMARY KEY,
  clip_id TEXT NOT NULL,
  episode_id TEXT NOT NULL,
  show_id TEXT NOT NULL REFERENCES shows (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('keep', 'reject', 'trim', 'rating', 'comment', 'exported', 'cold-open')),
  rating INTEGER CHECK (rating BETWEEN 1 AND 5),
  comment TEXT,
  -- judged: the clip as it was when it was judged: range, rank, score, points by part, state. trim: what a trim changed.
  detail TEXT CHECK (detail IS NULL OR json_valid(detail)),
  given_at_ms INTEGER NOT NULL,
  undone_at_ms INTEGER,
  CHECK ((kind = 'rating') = (rating IS NOT NULL))
) STRICT;
-- A trim that took another one back was a row of its own; now the other one says when it was taken back.
INSERT INTO feedback_for_ever (id, clip_id, episode_id, show_id, kind, rating, comment, detail, given_at_ms, undone_at_ms)
SELECT feedback.id, clip_id, clips.episode_id, episodes.show_id, kind, rating, comment,
       CASE WHEN detail IS NOT NULL THEN json_object('trim', json(detail)) END, given_at_ms,
       (SELECT min(undo.given_at_ms) FROM feedback AS undo WHERE undo.detail ->> 'undoes' = feedback.id)
FROM feedback JOIN clips ON clips.id = feedback.clip_id JOIN episodes ON episodes.id = clips.episode_id
WHERE detail ->> 'undoes' IS NULL;
DROP TABLE feedback;
ALTER TABLE feedback_for_ever RENAME TO feedback;
CREATE INDEX feedback_by_clip ON feedback (clip_id, id);
CREATE INDEX feedback_by_show ON feedback (show_id, id);

CREATE INDEX model_weights_by_show ON model_weights (show_id, id);
CREATE TABLE show_learning (
  show_id TEXT PRIMARY KEY REFERENCES shows (id) ON DELETE CASCADE,
  frozen INTEGER NOT NULL DEFAULT 0 CHECK (frozen IN (0, 1)),
  -- Feedback up to this one was set aside by a reset.
  reset_after_id INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Titles a clip could have, each with the words it is made of; the one in use is clips.title.
ALTER TABLE clips ADD COLUMN titles TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(titles));
-- A title that a person chose is not replaced by a later search or another cut.
ALTER TABLE clips ADD COLUMN title_chosen INTEGER NOT NULL DEFAULT 0 CHECK (title_chosen IN (0, 1));

-- Every fourth run of four words, by its hash, so that the same words are found again in any episode at once.
CREATE TABLE word_runs (
  hash INTEGER NOT NULL,
  episode_id TEXT NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
  at_s REAL NOT NULL,
  PRIMARY KEY (hash, episode_id, at_s)
) STRICT, WITHOUT ROWID;
CREATE INDEX word_runs_by_episode ON word_runs (episode_id);
ALTER TABLE episodes ADD COLUMN word_runs_current INTEGER NOT NULL DEFAULT 0 CHECK (word_runs_current IN (0, 1));
CREATE TRIGGER word_runs_outdated_by_insert AFTER INSERT ON transcript_segments BEGIN
  UPDATE episodes SET word_runs_current = 0 WHERE id = new.episode_id AND word_runs_current = 1;
END;
CREATE TRIGGER word_runs_outdated_by_delete AFTER DELETE ON transcript_segments BEGIN
  UPDATE episodes SET word_runs_current = 0 WHERE id = old.episode_id AND word_runs_current = 1;
END;
CREATE TRIGGER word_runs_outdated_by_change AFTER UPDATE OF text, words ON transcript_segments BEGIN
  UPDATE episodes SET word_runs_current = 0 WHERE id = new.episode_id AND word_runs_current = 1;
END;

-- Rises with every decision on an episode, so that the windows of other processes notice it.
CREATE TABLE episode_changes (
  episode_id TEXT PRIMARY KEY REFERENCES episodes (id) ON DELETE CASCADE,
  version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER clip_added AFTER INSERT ON clips BEGIN
  INSERT INTO episode_changes VALUES (new.episode_id, 1) ON CONFLICT DO UPDATE SET version = version + 1;
END;
CREATE TRIGGER clip_changed AFTER UPDATE ON clips BEGIN
  INSERT INTO episode_changes VALUES (new.episode_id, 1) ON CONFLICT DO UPDATE SET version = version + 1;
END;
CREATE TRIGGER feedback_given AFTER INSERT ON feedback BEGIN
  INSERT INTO episode_changes SELECT id, 1 FROM episodes WHERE id = new.episode_id
  ON CONFLICT DO UPDATE SET version = version + 1;
END;
CREATE TRIGGER feedback_changed AFTER UPDATE ON feedback BEGIN
  INSERT INTO episode_changes SELECT id, 1 FROM episodes WHERE id = new.episode_id
  ON CONFLICT DO UPDATE SET version = version + 1;
END;
CREATE TRIGGER off_limits_added AFTER INSERT ON off_limits BEGIN
  INSERT INTO episode_changes VALUES (new.episode_id, 1) ON CONFLICT DO UPDATE SET version = version + 1;
END;
CREATE TRIGGER off_limits_changed AFTER UPDATE ON off_limits BEGIN
  INSERT INTO episode_changes VALUES (new.episode_id, 1) ON CONFLICT DO UPDATE SET version = version + 1;
END;
CREATE TRIGGER off_limits_removed AFTER DELETE ON off_limits BEGIN
  INSERT INTO episode_changes SELECT id, 1 FROM episodes WHERE id = old.episode_id
  ON CONFLICT DO UPDATE SET version = version + 1;
END;
