import { join, resolve } from 'node:path';
import envPaths from 'env-paths';

/** Where everything of one library lives. */
export interface LibraryPaths {
  readonly home: string;
  readonly database: string;
  /** Analysis caches, a folder for each episode; everything in it can be made again. */
  readonly analysis: string;
  /** Mix-downs that Soundbite made of several microphones. */
  readonly episodes: string;
  /** Speech models, a folder for each. */
  readonly models: string;
  /** Lock files of the processes at work. */
  readonly run: string;
  /** A record for each program that runs for one of them. */
  readonly children: string;
  /** Private folders of running jobs. */
  readonly work: string;
  /** Audiogram templates of the person's own. */
  readonly templates: string;
  /** Keys of language-model providers, a file for each that only its owner can read. */
  readonly secrets: string;
  /** What happened, a line each. */
  readonly log: string;
  /** Copies of the database. */
  readonly backups: string;
  /** Recordings that were put away, unless somebody chose another folder. */
  readonly archive: string;
  /** What cleanups took away, for as long as it can be brought back. */
  readonly trash: string;
  /** Every removal, a line each. */
  readonly removalJournal: string;
  /** Room held back so that state can be written on a full disk. */
  readonly ballast: string;
}

/** SOUNDBITE_HOME, or the platform's own folder for application data. */
export function libraryPaths(env: NodeJS.ProcessEnv = process.env): LibraryPaths {
  const chosen = env['SOUNDBITE_HOME'];
  const home = resolve(
    chosen !== undefined && chosen !== '' ? chosen : envPaths('Soundbite', { suffix: '' }).data,
  );
  return {
    home,
    database: join(home, 'soundbite.db'),
    analysis: join(home, 'analysis'),
    episodes: join(home, 'episodes'),
    models: join(home, 'models'),
    run: join(home, 'run'),
    children: join(home, 'run', 'children'),
    work: join(home, 'work'),
    templates: join(home, 'templates'),
    secrets: join(home, 'secrets'),
    log: join(home, 'logs', 'soundbite.log'),
    backups: join(home, 'backups'),
    archive: join(home, 'archive'),
    trash: join(home, 'trash'),
    removalJournal: join(home, 'logs', 'removals.jsonl'),
    ballast: join(home, 'soundbite.ballast'),
  };
}
