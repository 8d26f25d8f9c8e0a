import type { SettingName } from '../main/domain/settings.ts';

export const models = {
  title: 'Speech models',
  sub: 'Minutes for one hour of sound, measured on this computer',
  list: 'Speech models',
  kinds: {
    recogniser: [
      'They write the words',
      'One is enough. The one in use hears every episode that comes without words.',
    ],
    'voice-activity': [
      'Where somebody speaks',
      'Cuts the sound at real pauses. Without it loudness decides.',
    ],
    speakers: ['Who speaks', 'Tell voices apart.'],
  },
  languages: {
    many: 'about 100 languages',
    none: 'languages not known',
    some: (n: number) => `${n} languages`,
  },
  needs: (memory: string) => `needs ${memory} of memory`,
  memoryUnknown: 'memory not measured',
  sizeUnknown: 'size not known',
  minutes: (minutes: string) => `${minutes} min`,
  speedOf: (minutes: string) => `${minutes} minutes of work for one hour of sound`,
  notMeasured: 'not measured',
  onProvider: (threads: number) => (threads === 1 ? '1 thread' : `${threads} threads`),
  inUse: 'In use',
  here: 'Here',
  get: 'Get',
  getOf: (name: string) => `Get ${name}`,
  use: 'Use',
  useOf: (name: string) => `Use ${name}`,
  measure: 'Measure',
  measureOf: (name: string) => `Measure ${name}`,
  measuring: 'Measuring',
  remove: 'Remove',
  removeOf: (name: string) => `Remove ${name}`,
  removing: 'Removing',
  sure: (size: string) => `Remove it and free ${size}?`,
  sureWhat: 'Transcripts stay. Getting it again is one download.',
  sureYes: 'Remove',
  sureNo: 'Keep it',
  own: 'From a file or folder',
  ownWhat: 'A folder of model files, or one .onnx file. It is copied, and loaded once before it counts.',
  importing: (name: string) => `Loading and measuring ${name}`,
  importingWhat: 'It is loaded once, because only that tells what it is. Your files stay as they are.',
  disk: 'On disk',
  used: 'Models take',
  free: 'Free on this disk',
  memory: 'Memory of this computer',
  threads: 'Threads',
  noneHere: 'nothing yet',
  who: 'Which one hears',
  whoIs: {
    environment: 'SOUNDBITE_SPEECH_MODEL chose it. Change the variable to choose another one.',
    person: 'You chose it.',
    nobody: 'Nobody chose, so it is the newest one here.',
  },
  noOne: 'None: episodes without words are found by ear.',
  useNone: 'Use none',
  pause: 'Pause',
  resume: 'Resume',
  cancel: 'Cancel',
  pauseOf: (name: string) => `Pause ${name}`,
  resumeOf: (name: string) => `Resume ${name}`,
  cancelOf: (name: string) => `Cancel ${name}`,
  downloadOf: (name: string) => `Download of ${name}`,
  waits: 'Waits for a free place',
  paused: 'Paused, nothing lost',
  trying: 'Trying it out',
} as const;

type Choice = readonly (readonly [value: string, words: string])[];

interface SettingWords {
  readonly name: string;
  readonly what: string;
  readonly unit?: string;
  readonly step?: number;
  readonly choices?: Choice;
  readonly from?: 'start';
}

export const settings = {
  title: 'Settings',
  nav: 'Settings',
  sections: { work: 'General', models: 'Speech models' },
  saved: 'Saved as you go',
  undo: 'Undo',
  where: 'Where each value comes from',
  origins: { environment: 'Environment', stored: 'You', default: 'Default' },
  refused: (value: string) => `\u201c${value}\u201d makes no sense, passed over`,
  reset: 'Reset',
  resetOf: (name: string) => `Reset ${name}`,
  less: (name: string) => `${name}: less`,
  more: (name: string) => `${name}: more`,
  fromStart: 'From the next start on',
  changed: (count: number, all: number) => `${count} of ${all} differ from the defaults`,
  undone: (name: string) => `${name} is back to what it was.`,
  onlyThese: 'Show only these',
  allAgain: 'Show all',
  yes: 'On',
  no: 'Off',
  speechModel: 'Speech model',
  speechModelWhat: 'What hears episodes that come without words',
  none: 'None',
  noneHere: 'none here yet',
  groups: [
    ['Work at once', ['maxConcurrentJobs', 'maxQueueSize', 'resumeAtStart']],
    ['Exports first', ['productionLevel', 'reviewRampS', 'productionTtlHours']],
    ['Power', ['keepAwake', 'batteryLeastPercent']],
    ['Words', ['speechLanguage']],
    ['Machinery', ['workerBatchSize', 'pollIntervalS']],
  ] as const satisfies readonly (readonly [string, readonly SettingName[]])[],
  names: {
    maxConcurrentJobs: {
      name: 'Jobs at once',
      what: 'Over all windows and commands. One place always stays open for exports.',
    },
    maxQueueSize: {
      name: 'Waiting at most',
      what: 'From batches, feeds and watched folders. What you click is never refused.',
      step: 10,
    },
    resumeAtStart: {
      name: 'Work left from last time',
      what: 'What was under way when Soundbite was closed.',
      choices: [
        ['resume', 'Goes on by itself'],
        ['ask', 'Waits for you'],
      ],
    },
    productionLevel: {
      name: 'While an export runs',
      what: 'How much background review stands aside.',
      choices: [
        ['all', 'All review stands aside'],
        ['show', 'That of its show'],
        ['episode', 'That of its episode'],
      ],
    },
    reviewRampS: {
      name: 'Review comes back over',
      what: 'One job at a time, so that nothing stampedes.',
      unit: 's',
      step: 5,
    },
    productionTtlHours: {
      name: 'Give up a hold after',
      what: 'The last safety: a hold that nobody renews ends by itself.',
      unit: 'h',
      step: 0.5,
    },
    keepAwake: {
      name: 'Keep this computer awake',
      what: 'While an export runs, on mains power.',
    },
    batteryLeastPercent: {
      name: 'Exports wait below',
      what: 'On battery, until there is mains power. 0 never waits.',
      unit: '%',
      step: 5,
    },
    speechLanguage: {
      name: 'Language spoken',
      what: 'Where the show says nothing. Some models find out by themselves.',
      choices: [
        ['auto', 'Found out by the model'],
        ['en', 'English'],
        ['de', 'German'],
        ['es', 'Spanish'],
        ['fr', 'French'],
        ['it', 'Italian'],
        ['nl', 'Dutch'],
        ['pl', 'Polish'],
        ['pt', 'Portuguese'],
        ['ru', 'Russian'],
        ['sv', 'Swedish'],
        ['uk', 'Ukrainian'],
        ['ja', 'Japanese'],
        ['zh', 'Chinese'],
      ],
    },
    workerBatchSize: {
      name: 'Pieces taken at once',
      what: 'Of a job that comes in many pieces.',
    },
    pollIntervalS: {
      name: 'Look for changes every',
      what: 'Made by other windows and commands.',
      unit: 's',
      step: 0.5,
      from: 'start',
    },
  } satisfies Record<SettingName, SettingWords> as Readonly<Record<SettingName, SettingWords>>,
} as const;
