import type { EventName, EventPayload } from './events.ts';
import type { ClipRepository } from '../db/clips.ts';
import type { EpisodeRepository } from '../db/episodes.ts';
import type { ExportRepository } from '../db/exports.ts';
import type { OffLimitsRepository } from '../db/offLimits.ts';
import type { FeedbackRepository } from '../db/feedback.ts';
import type { LoudnessRepository } from '../db/loudness.ts';
import type { MarkRepository } from '../db/marks.ts';
import type { ModelWeightRepository } from '../db/modelWeights.ts';
import type { Library } from '../db/open.ts';
import type { ArchivedEpisodeRepository } from '../db/archivedEpisodes.ts';
import type { LiveUseRepository } from '../db/liveUse.ts';
import type { OwnedFileRepository } from '../db/ownedFiles.ts';
import type { RemovalRepository } from '../db/removals.ts';
import type { SegmentRepository } from '../db/segments.ts';
import type { ShowRepository } from '../db/shows.ts';
import type { NewJob } from '../jobs/row.ts';
import type { WordRunRepository } from '../db/wordRuns.ts';
import type { WordSearchRepository } from '../db/wordSearch.ts';
import type { StateRepository } from '../db/state.ts';
import type { TranscriptEditRepository } from '../db/transcriptEdits.ts';
import type { MediaTools } from '../media/tools.ts';
import type { LibraryPaths } from '../paths.ts';
import type { RecognisedChunkRepository } from '../db/recognisedChunks.ts';
import type { SettingRepository } from '../db/settings.ts';
import type { ReviewerRoom } from '../reviewer/room.ts';
import type { SpeechModelRepository } from '../db/speechModels.ts';
import type { UpkeepRunRepository } from '../db/upkeepRuns.ts';
import type { Settings } from '../../domain/settings.ts';
import type { Space } from '../storage/leastFree.ts';
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

/** How this process counts room on disks, and where what is removed goes. */
export interface StorageHost {
  /** As they are set now: a person may change them while the program runs. */
  readonly limits: () => Pick<Settings, 'maxStorageGb' | 'leastFreeGb' | 'cleanupIntervalHours'>;
  /** How full the disk of a folder is. */
  readonly readSpace: (folder: string) => Promise<Space>;
  /** Moves a file to the system's trash; where it is missing, the library keeps one of its own. */
  readonly trashItem: ((path: string) => Promise<void>) | undefined;
  readonly nowMs: () => number;
}

/** The reviewer with what this process knows of it beyond its memory. */
export interface ReviewerHost extends ReviewerRoom {
  /** "on" or "off", where the environment says. */
  readonly saidByEnvironment: string | undefined;
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
  readonly transcriptEdits: TranscriptEditRepository;
  readonly clips: ClipRepository;
  readonly exports: ExportRepository;
  readonly feedback: FeedbackRepository;
  readonly marks: MarkRepository;
  readonly offLimits: OffLimitsRepository;
  readonly loudness: LoudnessRepository;
  /** Puts a job in line that accepted work brings along; inside the transaction in which that work is done. */
  readonly followUp: (job: NewJob) => void;
  readonly modelWeights: ModelWeightRepository;
  readonly wordRuns: WordRunRepository;
  readonly wordSearch: WordSearchRepository;
  readonly ownedFiles: OwnedFileRepository;
  readonly removals: RemovalRepository;
  readonly liveUse: LiveUseRepository;
  readonly archivedEpisodes: ArchivedEpisodeRepository;
  readonly upkeepRuns: UpkeepRunRepository;
  readonly state: StateRepository;
  readonly recognisedChunks: RecognisedChunkRepository;
  readonly speechModels: SpeechModelRepository;
  readonly storedSettings: SettingRepository;
  readonly speech: SpeechHost;
  /** The language that recordings are heard in unless their show says; null lets the model find out. */
  readonly spokenLanguage: () => string | null;
  readonly storage: StorageHost;
  readonly reviewer: ReviewerHost;
  readonly emit: <E extends EventName>(name: E, payload: EventPayload<E>) => void;
}
