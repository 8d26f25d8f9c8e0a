import type { Lease } from './lease.ts';

/** One named step of a job. What it returns is kept with the job, and a resumed job does not run it again. */
export interface Stage<Context, Artifacts, Name extends string & keyof Artifacts> {
  readonly name: Name;
  /** Share of the job's time, relative to the other stages; used for progress and ETA. */
  readonly weight: number;
  /** True when what an earlier run made is still good, for artifacts that point at files. */
  readonly isStillGood?: (artifact: Artifacts[Name], context: Context) => Promise<boolean>;
  readonly run: (
    context: Context,
    made: Artifacts,
    report: (fraction: number) => void,
  ) => Promise<Artifacts[Name]>;
}

export type AnyStage<Context, Artifacts> = {
  [Name in string & keyof Artifacts]: Stage<Context, Artifacts, Name>;
}[string & keyof Artifacts];

/**
 * Runs the stages in order, keeping what each one made with the job, and returns everything that was made.
 * Between two stages the job may be stopped: this is a checkpoint.
 */
export async function runStages<Context, Artifacts extends object>(
  stages: readonly AnyStage<Context, Artifacts>[],
  context: Context,
  lease: Lease,
): Promise<Artifacts> {
  const made: Partial<Artifacts> = { ...(lease.artifacts as Partial<Artifacts>) };
  const total = stages.reduce((sum, stage) => sum + stage.weight, 0);
  let doneWeight = 0;
  for (const stage of stages as readonly Stage<Context, Artifacts, string & keyof Artifacts>[]) {
    lease.checkpoint();
    const report = (fraction: number): void => {
      lease.report(stage.name, (doneWeight + stage.weight * fraction) / total);
    };
    report(0);
    const earlier = made[stage.name];
    const isGood =
      earlier !== undefined &&
      (stage.isStillGood === undefined || (await stage.isStillGood(earlier, context)));
    if (!isGood) {
      made[stage.name] = await stage.run(context, made as Artifacts, report);
      await lease.saveArtifacts(made);
    }
    doneWeight += stage.weight;
  }
  // Not a checkpoint: what is done is done, and a request that comes now finds nothing left to stop.
  return made as Artifacts;
}
