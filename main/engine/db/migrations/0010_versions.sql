-- An episode may get a new version of its recording; what was heard of each version lies in a folder of its own.
-- NULL: the folder that is named after the episode.
ALTER TABLE episodes ADD COLUMN analysis_folder TEXT CHECK (analysis_folder <> '');

-- 1 where the recording no longer has the clip: its range is on the clock of the version that had it.
ALTER TABLE clips ADD COLUMN is_cut INTEGER NOT NULL DEFAULT 0 CHECK (is_cut IN (0, 1));

-- Which stretches an export has, on the clock that its episodes have now; NULL where those of its recipe still hold.
ALTER TABLE exports ADD COLUMN moved_ranges TEXT CHECK (moved_ranges IS NULL OR json_valid(moved_ranges));
