-- What a show and an episode are searched for; an episode without a choice of its own follows its show.
ALTER TABLE shows ADD COLUMN chosen_profile TEXT NOT NULL DEFAULT 'insight'
  CHECK (chosen_profile IN ('insight', 'humour', 'story', 'mixed'));
UPDATE shows SET chosen_profile = profile;
ALTER TABLE shows DROP COLUMN profile;
ALTER TABLE shows RENAME COLUMN chosen_profile TO profile;
ALTER TABLE episodes ADD COLUMN profile TEXT CHECK (profile IN ('insight', 'humour', 'story', 'mixed'));
