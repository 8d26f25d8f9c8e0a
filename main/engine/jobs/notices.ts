import type { JobRow } from './row.ts';

const inWords = (ms: number): string => {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 1) return `${Math.round(ms / 1000)} seconds`;
  if (minutes < 120) return minutes === 1 ? 'a minute' : `${minutes} minutes`;
  return `${Math.round(minutes / 60)} hours`;
};

const count = (jobs: readonly unknown[]): string => (jobs.length === 1 ? 'a job' : `${jobs.length} jobs`);
const names = (jobs: readonly JobRow[]): string => {
  const first = jobs.slice(0, 3).map((job) => job.label);
  const more = jobs.length - first.length;
  return first.join(', ') + (more > 0 ? ` and ${more} more` : '');
};

export const recoveredLine = (jobs: readonly JobRow[]): string =>
  `Soundbite was ended in the middle of ${count(jobs)}; going on with ${names(jobs)}.`;

export const reapedLine = (job: JobRow): string =>
  `A worker has hung for a minute; ${job.label} was taken from it and goes on here.`;

export const sleptLine = (sleptMs: number, running: readonly JobRow[]): string =>
  running.length === 0
    ? `This computer was asleep for ${inWords(sleptMs)}; nothing was running.`
    : `This computer was asleep for ${inWords(sleptMs)}; ${names(running)} ${running.length === 1 ? 'goes' : 'go'} on.`;

export const leftoversLine = (jobs: readonly JobRow[]): string =>
  `${count(jobs)} from last time ${jobs.length === 1 ? 'waits' : 'wait'} for you: resume ${jobs.length === 1 ? 'it' : 'them'} in the queue, or leave ${jobs.length === 1 ? 'it' : 'them'}.`;
