/** What a person reads when something cannot be done: a sentence, a way out, and whether trying again can help. */
interface CatalogEntry {
  readonly title: string;
  readonly hint: string;
  /** True when the same work may succeed later; bad input never heals. */
  readonly canHeal: boolean;
  /** False where nobody is to blame but the moment: the work waits, and it costs no attempt. */
  readonly costsAttempt: boolean;
  readonly exitCode: 1 | 2;
}

const refused = (title: string, hint: string): CatalogEntry => ({
  title,
  hint,
  canHeal: false,
  costsAttempt: true,
  exitCode: 1,
});
const wrongUse = (title: string, hint: string): CatalogEntry => ({ ...refused(title, hint), exitCode: 2 });
const passing = (title: string, hint: string): CatalogEntry => ({ ...refused(title, hint), canHeal: true });
const waiting = (title: string, hint: string): CatalogEntry => ({
  ...passing(title, hint),
  costsAttempt: false,
});

export const ERRORS = {
  BAD_INPUT: wrongUse(
    'That request does not make sense.',
    'Check the values you gave; --help shows what is expected.',
  ),
  UNKNOWN_PRESET: wrongUse('There is no preset of that name.', 'Choose one of the presets named here.'),
  NOT_FOUND: refused('There is nothing by that name here.', 'List what is there first, then use its id.'),

  FILE_MISSING: refused(
    'That file does not exist.',
    'Check the path; a file on another disk may need the disk plugged in.',
  ),
  NO_PERMISSION: refused(
    'That file may not be read.',
    'Give your user read permission on the file, then try again.',
  ),
  NOT_REGULAR_FILE: refused('That is not a file.', 'Choose the recording itself, not a folder or a device.'),
  EMPTY_FILE: refused('That file is empty.', 'Copy or download it again; nothing was stored in it.'),
  UNSUPPORTED_FORMAT: refused(
    'That is not a kind of recording Soundbite opens.',
    'Use audio or video: mp3, m4a, mp4, mov, wav, aiff, flac, ogg, opus, webm, mkv or avi.',
  ),
  UNREADABLE_MEDIA: refused(
    'That recording is damaged or not what its name says.',
    'Play it in another program to check; if it was copied or downloaded, do that again.',
  ),
  NO_AV_STREAM: refused('There is no sound or picture in that file.', 'Choose the recording of the episode.'),
  UNSUPPORTED_CODEC: refused(
    'The sound or picture is stored in a way this ffmpeg cannot decode.',
    'Convert it to mp4 (H.264 and AAC), or set FFMPEG_PATH to a newer ffmpeg.',
  ),
  NO_DECODABLE_DATA: refused(
    'Nothing in that recording can be decoded.',
    'It may be encrypted or damaged; export it again from where it was made.',
  ),
  TOO_SHORT: refused(
    'That recording is shorter than a tenth of a second.',
    'Choose the recording of the episode.',
  ),
  NO_SOUND: refused(
    'That recording has no sound.',
    'Clips are found by what is said; choose a recording with sound.',
  ),

  TRANSCRIPT_UNREADABLE: refused(
    'That transcript could not be read.',
    'Use SRT, WebVTT, Podcasting 2.0 JSON, Whisper JSON or plain text.',
  ),
  TRANSCRIPT_EMPTY: refused(
    'That transcript has no words in it.',
    'Export it again, or go on without a transcript.',
  ),
  TRANSCRIPT_MISFIT: refused(
    'That transcript does not belong to this recording.',
    'Choose the transcript of this episode, or go on without one.',
  ),
  NOT_A_VERSION: refused(
    'That recording is not another version of this episode.',
    'Nothing was changed. Import it as an episode of its own.',
  ),
  RECORDING_KNOWN: refused(
    'That recording is in the library already.',
    'Nothing was changed. Choose the new version of the episode.',
  ),
  CLIP_CUT: refused(
    'The recording does not have that moment any more.',
    'It was cut from the new version of the episode; what was exported before is still there.',
  ),
  MARKS_UNREADABLE: refused(
    'Those marks could not be read.',
    'Write one a line, such as "34:12 the lawsuit", or use CSV, SRT, EDL, LosslessCut or Reaper files.',
  ),
  SENTENCE_CHANGED: refused(
    'That sentence was changed elsewhere in the meantime.',
    'Look at it again; it is shown as it is now.',
  ),
  NOTHING_TO_UNDO: refused('There is no change to go back or forward to.', 'Everything stays as it is.'),
  NO_SPEECH: refused('No clip could be found.', 'There seems to be no speech in this recording.'),

  OFF_THE_RECORD: refused(
    'That clip touches what is off the record.',
    'Trim it clear of the marked range, or take the mark away if it was a mistake.',
  ),

  FFMPEG_MISSING: refused(
    'No ffmpeg was found that can do what Soundbite needs.',
    'Run "npm ci" again, or set FFMPEG_PATH and FFPROBE_PATH to an ffmpeg with libx264, libass and aac.',
  ),
  FFMPEG_FAILED: passing(
    'The rendering program, ffmpeg, could not finish its work.',
    'Try again; the details say what ffmpeg said last.',
  ),
  FFMPEG_STALLED: passing('The rendering program, ffmpeg, made no progress and was stopped.', 'Try again.'),
  PROOF_FAILED: refused(
    'The finished clip did not pass its checks and was not published.',
    'The details name the check; try another preset, or report it.',
  ),
  OUTPUT_NOT_WRITABLE: refused(
    'The export folder cannot be written to.',
    'Choose a folder that you may write to.',
  ),
  DISK_FULL: waiting('The disk is full.', 'Free some space; the work goes on where it stopped.'),

  DISK_LOW: waiting(
    'There is too little room on the disk for this.',
    'Free some space, or let Soundbite clean up; the work goes on by itself.',
  ),

  OFFLINE: waiting('There is no connection to the network.', 'The work goes on when there is one.'),

  SPEAKER_MODELS_MISSING: refused(
    'The two models that tell speakers apart are not on this machine.',
    'Get them with "models download pyannote-segmentation" and "models download campplus-voxceleb".',
  ),
  SPEECH_MODEL_MISSING: refused(
    'There is no speech model on this machine by that name.',
    'See which there are with "models list", and get one with "models download".',
  ),
  SPEECH_MODEL_UNUSABLE: refused(
    'That speech model cannot be used.',
    'Download it again, or choose another one; the details say what went wrong.',
  ),
  RECOGNISER_CRASHED: passing(
    'The speech recogniser ended unexpectedly.',
    'Try again; a smaller model needs less memory.',
  ),
  DOWNLOAD_FAILED: passing(
    'The download did not come through.',
    'Check the connection and try again; it goes on where it stopped.',
  ),
  DOWNLOAD_WRONG: refused(
    'What was downloaded is not the file that was expected.',
    'Try again later; nothing of it was kept.',
  ),

  REVIEWER_OFF: refused(
    'The reviewer is off.',
    'Turn it on with "reviewer on"; clips are scored without it as well.',
  ),
  REVIEWER_UNUSABLE: refused(
    'The reviewer cannot be asked as it is set up.',
    'See what is wrong with "reviewer test"; the details say what it answered.',
  ),
  REVIEWER_ANSWER_WRONG: refused(
    'The reviewer gave no answer that can be used.',
    'Choose another model; the clips keep their scores.',
  ),
  REVIEWER_UNAVAILABLE: waiting(
    'The reviewer does not answer.',
    'It is asked again by itself; "reviewer breaker reset" asks at once, "reviewer test" says what is wrong.',
  ),
  REVIEWER_QUOTA_SPENT: waiting(
    'The quota of the reviewer is spent.',
    'The work goes on when a key is free again; add another key, or have it skipped with "reviewer on --when-spent skip".',
  ),

  LIBRARY_NEWER: refused(
    'This library was written by a newer Soundbite.',
    'Update Soundbite, or set SOUNDBITE_HOME to another folder.',
  ),
  LIBRARY_FOREIGN: refused(
    'The database in this folder does not belong to Soundbite.',
    'Set SOUNDBITE_HOME to another folder.',
  ),
  LIBRARY_DAMAGED: refused(
    'The database of the library is damaged.',
    'Run "soundbite state recover": the damaged file is kept aside and the newest good backup takes its place.',
  ),
  STATE_UNREADABLE: refused(
    'That is not a state file that this Soundbite can read.',
    'Use a file that "soundbite state export" wrote, whole and unchanged.',
  ),
  NOT_OURS: refused(
    'That recording is yours, and Soundbite never moves it.',
    'Only recordings that were copied into the library can be archived.',
  ),
  ARCHIVE_FAILED: refused(
    'The copy is not the same as the recording, so nothing was moved.',
    'Check the disk of the archive, then try again.',
  ),
  LIBRARY_BUSY: waiting('The library is busy.', 'Another Soundbite is writing; try again in a moment.'),
  BATCH_INCOMPLETE: refused(
    'Not every recording could be taken in.',
    'The report names them; "batch --retry-failed" runs them again.',
  ),
  QUEUE_FULL: passing('The queue is full.', 'Wait until some of the work is done.'),
  WRONG_STATE: refused('That cannot be done to work in this state.', 'Look at the queue first.'),
  HOST_CANNOT: refused('This shell cannot do that.', 'Use the desktop window, or name the path instead.'),
  FILE_TOO_LARGE: refused(
    'That file is too large to be copied into the library.',
    'Choose it from this computer instead; then it is used where it is, whatever its size.',
  ),
  NOT_SIGNED_IN: refused(
    'This window has no key to the library.',
    'Start Soundbite again and open the address it prints; each address works once.',
  ),
  FOREIGN_REQUEST: refused(
    'That request did not come from the window of Soundbite.',
    'Open the address that Soundbite printed, as it stands.',
  ),
  CANCELLED: refused('The work was cancelled.', 'Start it again if that was a mistake.'),
  INTERNAL: refused('Something went wrong on our side.', 'Please report this, with the details.'),
} as const satisfies Record<string, CatalogEntry>;

export type ErrorCode = keyof typeof ERRORS;

/** The reasons for which an import is refused, as the importer's judgement names them. */
export type RefusalReason = Extract<
  ErrorCode,
  | 'EMPTY_FILE'
  | 'NOT_REGULAR_FILE'
  | 'NO_PERMISSION'
  | 'UNSUPPORTED_FORMAT'
  | 'UNREADABLE_MEDIA'
  | 'NO_AV_STREAM'
  | 'UNSUPPORTED_CODEC'
  | 'NO_DECODABLE_DATA'
  | 'TOO_SHORT'
>;

/** An error from the catalogue; everything else that is thrown is a bug. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}

/** An error that knows when the same work is worth another try; it costs no attempt. */
export class Postponed extends AppError {
  readonly delayMs: number;

  constructor(code: ErrorCode, detail: string, delayMs: number, options?: ErrorOptions) {
    super(code, detail, options);
    this.delayMs = delayMs;
  }
}

/** The form in which an error crosses a process or is printed as JSON: no stack, no class. */
export interface WireError {
  readonly code: ErrorCode;
  readonly title: string;
  readonly hint: string;
  readonly detail: string;
}

/** The names that systems and databases have for a disk without room. */
const NO_ROOM: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'SQLITE_FULL'];

/** Whether something failed because the disk is full, whoever says so. */
export const isDiskFull = (error: unknown): boolean =>
  error instanceof AppError
    ? error.code === 'DISK_FULL'
    : error instanceof Error && 'code' in error && NO_ROOM.includes(error.code);

export function toWireError(error: unknown): WireError {
  const code: ErrorCode =
    error instanceof AppError ? error.code : isDiskFull(error) ? 'DISK_FULL' : 'INTERNAL';
  const detail = error instanceof Error ? error.message : String(error);
  return { code, title: ERRORS[code].title, hint: ERRORS[code].hint, detail };
}

export const canHeal = (code: ErrorCode): boolean => ERRORS[code].canHeal;
export const costsAttempt = (code: ErrorCode): boolean => ERRORS[code].costsAttempt;
export const exitCodeOf = (code: ErrorCode): 1 | 2 => ERRORS[code].exitCode;
