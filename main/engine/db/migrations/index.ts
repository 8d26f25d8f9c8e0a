import library from './0001_library.sql';
import queue from './0002_queue.sql';
import operations from './0003_operations.sql';
import edits from './0005_edits.sql';
import versions from './0009_versions.sql';

/** Every migration in order; the number of a file is its place here, counted from 1. Never edit one that was released. */
export const migrations: readonly string[] = [library, queue, operations, edits, versions];
