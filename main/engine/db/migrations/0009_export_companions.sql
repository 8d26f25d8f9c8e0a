-- What lies beside an export, and what a person should know of it.
ALTER TABLE exports ADD COLUMN warnings TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(warnings));
ALTER TABLE exports ADD COLUMN companions TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(companions));
