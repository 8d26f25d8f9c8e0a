import library from './0001_library.sql';
import queue from './0002_queue.sql';
import operations from './0003_operations.sql';
import recognition from './0008_recognition.sql';

/** Every migration in order; the number of a file is its place here, counted from 1. Never edit one that was released. */
export const migrations: readonly string[] = [library, queue, operations, recognition];
