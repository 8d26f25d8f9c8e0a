-- What a show masks in every export: words, what is heard in their place, and presets that are left as they are.
ALTER TABLE shows ADD COLUMN bleeps TEXT NOT NULL DEFAULT '{"words":[],"mode":"beep","offPresets":[]}' CHECK (json_valid(bleeps));
