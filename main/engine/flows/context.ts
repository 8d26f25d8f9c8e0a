import type { EventName, EventPayload } from './events.ts';
import type { ClipRepository } from '../db/clips.ts';
import type { EpisodeRepository } from '../db/episodes.ts';
import type { ExportRepository } from '../db/exports.ts';
import type { OffLimitsRepository } from '../db/offLimits.ts';
import type { FeedbackRepository } from '../db/feedback.ts';
import type { Library } from '../db/open.ts';
import type { OwnedFileRepository } from '../db/ownedFiles.ts';
import type { SegmentRepository } from '../db/segments.ts';
import type { ShowRepository } from '../db/shows.ts';
import type { MediaTools } from '../media/tools.ts';
import type { LibraryPaths } from '../paths.ts';
import type { JobRepository } from '../jobs/repository.ts';
import type { RecognisedChunkRepository } from '../db/recognisedChunks.ts';
import type { SettingRepository } from '../db/settings.ts';
import type { SpeechModelRepository } from '../db/speechModels.ts';
import type { WorkItemRepository } from '../db/workItems.ts';
import type { CatalogueModel } from '../transcripts/models/catalogue.ts';
import type { AddressRule } from '../transcripts/models/fetchChecked.ts';
import type { SpawnRecogniser } from '../transcripts/recogniser/recogniserProcess.ts';

/** How this process hears words, and where models come from. */
export interface SpeechHost {
  readonly spawn: SpawnRecogniser;
  readonly catalogue: readonly CatalogueModel[];
  readonly mayFetch: AddressRule;
  /** A model's id, or "none", where the environment chooses. */
  readonly chosenByEnvironment: string | undefined;
}

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
  readonly clips: ClipRepository;
  readonly exports: ExportRepository;
  readonly feedback: FeedbackRepository;
  readonly offLimits: OffLimitsRepository;
  readonly ownedFiles: OwnedFileRepository;
  readonly jobs: JobRepository;
  readonly workItems: WorkItemRepository;
  readonly recognisedChunks: RecognisedChunkRepository;
  readonly speechModels: SpeechModelRepository;
  readonly storedSettings: SettingRepository;
  readonly speech: SpeechHost;
  readonly emit: <E extends EventName>(name: E, payload: EventPayload<E>) => void;
}
