-- A mark may be a range; a clip may be a person's or an editor's choice rather than the finder's.
ALTER TABLE marks ADD COLUMN to_s REAL CHECK (to_s IS NULL OR to_s > at_s);
CREATE INDEX marks_by_episode ON marks (episode_id, at_s);

-- mark: a person marked it. coldOpen: the show opens with it. NULL: found_by tells.
ALTER TABLE clips ADD COLUMN chosen_by TEXT CHECK (chosen_by IN ('mark', 'coldOpen'));
ALTER TABLE clips ADD COLUMN mark_id INTEGER REFERENCES marks (id) ON DELETE SET NULL;
CREATE INDEX clips_by_mark ON clips (mark_id) WHERE mark_id IS NOT NULL;
