import type { Database } from 'better-sqlite3';
import { readJson } from './json.ts';
import { Show } from '../../domain/show.ts';

interface ShowRow {
  id: string;
  name: string;
  language: string | null;
  speakers: string;
  names: string;
  profile: string;
  off_limits_phrases: string;
  brand: string;
  crop_boxes: string;
  presets: string;
  export_folder: string | null;
  export_name_template: string;
  learned_weights: string;
  bleeps: string;
}

const toShow = (row: ShowRow): Show =>
  Show.parse({
    id: row.id,
    name: row.name,
    language: row.language,
    speakers: readJson(row.speakers),
    names: readJson(row.names),
    profile: row.profile,
    offLimitsPhrases: readJson(row.off_limits_phrases),
    brand: readJson(row.brand),
    cropBoxes: readJson(row.crop_boxes),
    presets: readJson(row.presets),
    exportFolder: row.export_folder,
    exportNameTemplate: row.export_name_template,
    learnedWeights: readJson(row.learned_weights),
    bleeps: readJson(row.bleeps),
  });

const fromShow = (show: Show) => ({
  id: show.id,
  name: show.name,
  language: show.language,
  speakers: JSON.stringify(show.speakers),
  names: JSON.stringify(show.names),
  profile: show.profile,
  offLimitsPhrases: JSON.stringify(show.offLimitsPhrases),
  brand: JSON.stringify(show.brand),
  cropBoxes: JSON.stringify(show.cropBoxes),
  presets: JSON.stringify(show.presets),
  exportFolder: show.exportFolder,
  exportNameTemplate: show.exportNameTemplate,
  learnedWeights: JSON.stringify(show.learnedWeights),
  bleeps: JSON.stringify(show.bleeps),
});

export function showRepository(db: Database) {
  const insert = db.prepare<ReturnType<typeof fromShow>>(
    `INSERT INTO shows (id, name, language, speakers, names, profile, off_limits_phrases, brand, crop_boxes, presets,
                        export_folder, export_name_template, learned_weights, bleeps)
     VALUES (@id, @name, @language, @speakers, @names, @profile, @offLimitsPhrases, @brand, @cropBoxes, @presets,
             @exportFolder, @exportNameTemplate, @learnedWeights, @bleeps)`,
  );
  const byId = db.prepare<[string], ShowRow>('SELECT * FROM shows WHERE id = ?');
  const byName = db.prepare<[string], ShowRow>('SELECT * FROM shows WHERE name = ?');
  const cropBoxes = db.prepare<[string, string]>('UPDATE shows SET crop_boxes = ? WHERE id = ?');
  const all = db.prepare<[], ShowRow>('SELECT * FROM shows ORDER BY name');
  const setProfile = db.prepare('UPDATE shows SET profile = @profile WHERE id = @id');
  const setNames = db.prepare('UPDATE shows SET names = @names WHERE id = @id');
  const setBleeps = db.prepare<[string, string]>('UPDATE shows SET bleeps = ? WHERE id = ?');
  return {
    setProfile(id: string, profile: Show['profile']): void {
      setProfile.run({ id, profile });
    },
    setBleeps(id: string, bleeps: Show['bleeps']): void {
      setBleeps.run(JSON.stringify(bleeps), id);
    },
    setNames(id: string, names: Show['names']): void {
      setNames.run({ id, names: JSON.stringify(names) });
    },
    add(show: Show): void {
      insert.run(fromShow(show));
    },
    get(id: string): Show | undefined {
      const row = byId.get(id);
      return row && toShow(row);
    },
    /** Names are compared without regard to case. */
    findByName(name: string): Show | undefined {
      const row = byName.get(name);
      return row && toShow(row);
    },
    setCropBoxes(id: string, boxes: Show['cropBoxes']): void {
      cropBoxes.run(JSON.stringify(boxes), id);
    },
    list(): Show[] {
      return all.all().map(toShow);
    },
  };
}
export type ShowRepository = ReturnType<typeof showRepository>;
