import library from './0001_library.sql';
import queue from './0002_queue.sql';
import operations from './0003_operations.sql';
import queueControl from './0004_queue_control.sql';
import marks from './0005_marks.sql';
import memory from './0006_memory.sql';
import transcriptEdits from './0007_transcript_edits.sql';
import recognition from './0008_recognition.sql';
import exportCompanions from './0009_export_companions.sql';
import versions from './0010_versions.sql';
import profiles from './0011_profiles.sql';
import storage from './0012_storage.sql';
import showBleeps from './0013_show_bleeps.sql';
import reviewer from './0014_reviewer.sql';

/** Every migration in order; the number of a file is its place here, counted from 1. Never edit one that was released. */
export const migrations: readonly string[] = [
  library,
  queue,
  operations,
  queueControl,
  marks,
  memory,
  transcriptEdits,
  recognition,
  exportCompanions,
  versions,
  profiles,
  storage,
  showBleeps,
  reviewer,
];
