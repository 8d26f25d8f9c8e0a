import type { EventName, EventPayload } from './events.ts';
import type { ClipRepository } from '../db/clips.ts';
import type { EpisodeRepository } from '../db/episodes.ts';
import type { ExportRepository } from '../db/exports.ts';
import type { MarkRepository } from '../db/marks.ts';
import type { OffLimitsRepository } from '../db/offLimits.ts';
import type { FeedbackRepository } from '../db/feedback.ts';
import type { Library } from '../db/open.ts';
import type { OwnedFileRepository } from '../db/ownedFiles.ts';
import type { SegmentRepository } from '../db/segments.ts';
import type { ShowRepository } from '../db/shows.ts';
import type { TranscriptEditRepository } from '../db/transcriptEdits.ts';
import type { MediaTools } from '../media/tools.ts';
import type { LibraryPaths } from '../paths.ts';

/** What every flow works with; createEngine makes it once. */
export interface EngineContext {
  readonly library: Library;
  readonly paths: LibraryPaths;
  /** Read-only files that ship: fonts, the sample. */
  readonly resourcesDir: string;
  /** Looked for at first use, because not every command needs ffmpeg. */
  readonly tools: () => Promise<MediaTools>;
  readonly shows: ShowRepository;
  readonly episodes: EpisodeRepository;
  readonly segments: SegmentRepository;
  readonly transcriptEdits: TranscriptEditRepository;
  readonly clips: ClipRepository;
  readonly exports: ExportRepository;
  readonly feedback: FeedbackRepository;
  readonly offLimits: OffLimitsRepository;
  readonly marks: MarkRepository;
  readonly ownedFiles: OwnedFileRepository;
  readonly emit: <E extends EventName>(name: E, payload: EventPayload<E>) => void;
}
