import { z } from 'zod';
import { isSettled, type Job } from '../../main/domain/job.ts';
import type { Benchmark, SpeechModel } from '../../main/domain/speechModel.ts';
import { TRANSCRIBE_STAGES } from '../../main/domain/stage.ts';
import { stageTrack } from './stageTrack.ts';

type Jobs = Readonly<Record<number, Job>>;

const FetchOrder = z.object({ modelId: z.string(), thenTranscribe: z.array(z.string()) });

const newestFirst = (a: Job, b: Job): number => b.id - a.id;
const isOpen = (job: Job, dismissed: readonly number[]): boolean =>
  !isSettled(job.state) || (job.state === 'failed' && !dismissed.includes(job.id));

/** The download of a model that waits, runs, is paused or failed. */
export const fetchOf = (jobs: Jobs, modelId: string, dismissed: readonly number[]): Job | undefined =>
  Object.values(jobs)
    .filter((job) => job.kind === 'fetchModel' && isOpen(job, dismissed))
    .filter((job) => FetchOrder.safeParse(job.order).data?.modelId === modelId)
    .sort(newestFirst)[0];

/** The download that an episode waits for, or any other that will bring words. */
export const fetchFor = (
  jobs: Jobs,
  episodeId: string,
  dismissed: readonly number[],
): { readonly job: Job; readonly modelId: string } | undefined =>
  Object.values(jobs)
    .filter((job) => job.kind === 'fetchModel' && isOpen(job, dismissed))
    .sort(newestFirst)
    .flatMap((job) => {
      const order = FetchOrder.safeParse(job.order).data;
      return order?.thenTranscribe.includes(episodeId) === true ? [{ job, modelId: order.modelId }] : [];
    })[0];

/** The recognition of an episode's words that waits, runs, is paused or failed. */
export const transcriptionOf = (
  jobs: Jobs,
  episodeId: string,
  dismissed: readonly number[],
): Job | undefined =>
  Object.values(jobs)
    .filter((job) => job.kind === 'transcribe' && job.episodeId === episodeId && isOpen(job, dismissed))
    .sort(newestFirst)[0];

const shareOf = (job: Job, stage: string): number =>
  stageTrack(job).find(({ name }) => name === stage)?.share ?? 0;

/** How much of a model's bytes are here, 0 to 1; the short test at the end of its job is not counted. */
export const fetchedShare = (job: Job): number => shareOf(job, 'fetch');

/** How much of a recording was heard, 0 to 1. */
export const heardShare = (job: Job): number => shareOf(job, 'hear');

/** Seconds of sound that are heard in a second, while that is what the job does. */
export function timesAsFast(job: Job, durationS: number): number | undefined {
  if (job.stage !== 'hear' || job.state !== 'processing' || job.ratePerS === null) return undefined;
  const weights = Object.values(TRANSCRIBE_STAGES).reduce((sum, { weight }) => sum + weight, 0);
  const speed = (job.ratePerS * weights * durationS) / TRANSCRIBE_STAGES.hear.weight;
  return speed > 0 ? speed : undefined;
}

/** How long a model needs here for so much sound; undefined where nobody has measured it. */
export const workS = (benchmark: Benchmark | null, soundS: number): number | undefined =>
  benchmark === null ? undefined : benchmark.realTimeFactor * soundS;

/** Twenty ticks, all of them for a model that hears sixty times as fast as speech or faster. */
export const SPEED_TICKS = 20;
const FASTEST = 60;
export function speedTicks({ realTimeFactor }: Benchmark): number {
  const share = Math.log(1 / realTimeFactor + 1) / Math.log(FASTEST + 1);
  return Math.max(1, Math.min(SPEED_TICKS, Math.round(share * SPEED_TICKS)));
}

export const recognisers = (models: readonly SpeechModel[]): SpeechModel[] =>
  models.filter(({ kind }) => kind === 'recogniser');

const speaks = ({ languages }: SpeechModel, language: string): boolean =>
  languages.includes('*') || languages.some((each) => each.split('-')[0] === language.split('-')[0]);

/** What a first model should weigh at most: a coffee's worth of download. */
const HANDY_BYTES = 200_000_000;

/** The recogniser to offer first: one that is here, else a handy one for the language, as the catalogue orders them. */
export function suggested(models: readonly SpeechModel[], language: string | null): SpeechModel | undefined {
  const all = recognisers(models);
  const fitting = all.filter((model) => language === null || speaks(model, language));
  const isHandy = ({ sizeBytes }: SpeechModel): boolean => sizeBytes !== null && sizeBytes <= HANDY_BYTES;
  // Of the handy ones the largest hears best.
  const handy = fitting
    .filter((model) => isHandy(model) && (language !== null || model.languages.includes('*')))
    .sort((a, b) => (b.sizeBytes ?? 0) - (a.sizeBytes ?? 0));
  return (
    all.find(({ isChosen }) => isChosen) ??
    fitting.find(({ isInstalled }) => isInstalled) ??
    handy[0] ??
    fitting[0] ??
    all[0]
  );
}
