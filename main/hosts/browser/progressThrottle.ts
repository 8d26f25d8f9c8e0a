import type { Job } from '../../domain/job.ts';

/** At most five reports of mere progress a second for each job. */
const PROGRESS_EVERY_MS = 200;

interface Told {
  readonly job: Job;
  held: Job | undefined;
  readonly timer: NodeJS.Timeout;
}

const isMereProgress = (before: Job, now: Job): boolean =>
  now.state === 'processing' && before.state === now.state && before.stage === now.stage;

/** Thins out progress, never facts: a new state or stage goes out at once, and the last progress always does. */
export class ProgressThrottle {
  readonly #send: (job: Job) => void;
  readonly #told = new Map<number, Told>();

  constructor(send: (job: Job) => void) {
    this.#send = send;
  }

  add(job: Job): void {
    const told = this.#told.get(job.id);
    if (told !== undefined && isMereProgress(told.job, job)) {
      told.held = job;
      return;
    }
    clearTimeout(told?.timer);
    this.#tell(job);
  }

  close(): void {
    for (const { timer } of this.#told.values()) clearTimeout(timer);
    this.#told.clear();
  }

  #tell(job: Job): void {
    const timer = setTimeout(() => {
      const held = this.#told.get(job.id)?.held;
      this.#told.delete(job.id);
      if (held !== undefined) this.#tell(held);
    }, PROGRESS_EVERY_MS);
    this.#told.set(job.id, { job, held: undefined, timer });
    this.#send(job);
  }
}
