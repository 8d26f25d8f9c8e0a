import type { Job } from '../../main/domain/job.ts';
import {
  EXPORT_STAGES,
  INTAKE_STAGES,
  MODEL_STAGES,
  REPLACE_STAGES,
  TRANSCRIBE_STAGES,
} from '../../main/domain/stage.ts';

/** One stage of a job as its track shows it. */
export interface TrackStep {
  readonly name: string;
  readonly state: 'done' | 'now' | 'waiting';
  /** 0 to 1 of this stage. */
  readonly share: number;
}

type Stages = readonly { readonly name: string; readonly weight: number }[];

const STAGES: Readonly<Record<string, Stages>> = {
  intake: Object.values(INTAKE_STAGES),
  transcribe: Object.values(TRANSCRIBE_STAGES),
  fetchModel: Object.values(MODEL_STAGES),
  replace: Object.values(REPLACE_STAGES),
  export: Object.values(EXPORT_STAGES),
};

const stagesOf = (kind: string): Stages => STAGES[kind] ?? [];

/** Where each stage of a job stands, from the stage it is in and its progress over all of them. */
export function stageTrack(job: Job): TrackStep[] {
  const stages = stagesOf(job.kind);
  const total = stages.reduce((sum, { weight }) => sum + weight, 0);
  const now = job.state === 'completed' ? stages.length : stages.findIndex(({ name }) => name === job.stage);
  let before = 0;
  return stages.map(({ name, weight }, index) => {
    const share = Math.min(1, Math.max(0, (job.progress * total - before) / weight));
    before += weight;
    if (index < now) return { name, state: 'done', share: 1 };
    return index === now ? { name, state: 'now', share } : { name, state: 'waiting', share: 0 };
  });
}

export const percent = (share: number): string => `${Math.round(share * 100)} %`;
