import type { Engine } from '../engine/createEngine.ts';
import type { Battery, Host } from './host.ts';

const LOOK_EVERY_MS = 30_000;

/** A pause for want of power ends this much above the limit, so that a wavering charge does not switch it on and off. */
const MARGIN_PERCENT = 5;

export interface PowerSituation {
  /** Undefined on a machine without a battery. */
  readonly battery: Battery | undefined;
  readonly leastPercent: number;
  readonly isPausedForPower: boolean;
  /** A person let production go on in spite of it, since the last time there was mains power. */
  readonly isOverruled: boolean;
  readonly isProducing: boolean;
  readonly mayKeepAwake: boolean;
}

export interface PowerDecision {
  readonly production: 'pause' | 'resume' | 'leave';
  readonly keepAwake: boolean;
}

/** On a low battery exports wait for mains power; on mains power a machine that exports is kept awake. */
export function decidePower(now: PowerSituation): PowerDecision {
  const { battery, leastPercent, isPausedForPower, isOverruled } = now;
  const isOnBattery = battery?.isDischarging === true;
  const isLow = isOnBattery && battery.percent < leastPercent;
  const isAmple = !isOnBattery || battery.percent >= leastPercent + MARGIN_PERCENT;
  return {
    production:
      isLow && !isPausedForPower && !isOverruled ? 'pause' : isAmple && isPausedForPower ? 'resume' : 'leave',
    keepAwake: now.mayKeepAwake && now.isProducing && !isOnBattery,
  };
}

/** Follows the machine's power while the shell is open; the returned function stops that and lets the machine sleep. */
export function watchPower(engine: Engine, host: Host): () => void {
  const producing = new Set<number>();
  let overruled = false;
  let wePaused = false;
  let battery: Battery | undefined;
  const isPausedForPower = (): boolean =>
    engine.queue.overview.pauses().some(({ because }) => because === 'battery');
  const act = async (): Promise<void> => {
    // Whoever took our pause back wants the work done, whatever the charge.
    if (wePaused && !isPausedForPower()) overruled = true;
    if (battery?.isDischarging !== true) overruled = false;
    const { batteryLeastPercent: leastPercent, keepAwake: mayKeepAwake } = engine.settings;
    const decision = decidePower({
      battery,
      leastPercent,
      mayKeepAwake,
      isPausedForPower: isPausedForPower(),
      isOverruled: overruled,
      isProducing: producing.size > 0,
    });
    host.keepAwake?.(decision.keepAwake);
    if (decision.production === 'pause') {
      wePaused = true;
      await engine.queue.pauseScope('production', 'battery');
      engine.notice(
        `The battery is at ${battery?.percent ?? 0} %: exports wait for mains power. Resume them by hand if they cannot wait.`,
      );
    } else if (decision.production === 'resume') {
      wePaused = false;
      await engine.queue.resumeScope('production', 'battery');
      engine.notice('There is power again: exports go on.');
    } else wePaused &&= isPausedForPower();
  };
  const look = async (): Promise<void> => {
    battery = await host.battery?.();
    await act();
  };
  const lookOrTell = (): void => {
    look().catch((error: unknown) => {
      engine.notice(`The power supply could not be asked: ${String(error)}`);
    });
  };
  const stopListening = engine.on('jobs.changed', (job) => {
    if (job.lane !== 'production') return;
    const before = producing.size;
    if (job.state === 'processing') producing.add(job.id);
    else producing.delete(job.id);
    if (Math.sign(before) !== Math.sign(producing.size)) lookOrTell();
  });
  const timer = setInterval(lookOrTell, LOOK_EVERY_MS);
  lookOrTell();
  return () => {
    stopListening();
    clearInterval(timer);
    host.keepAwake?.(false);
  };
}
