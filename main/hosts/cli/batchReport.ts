import { mkdir, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { BatchOutcome, BatchProgress } from '../../domain/batch.ts';
import { formatClock } from '../../domain/time.ts';

/** Everything that is told of a batch when it has ended. */
export interface BatchReport {
  readonly startedAt: string;
  readonly endedAt: string;
  readonly elapsedS: number;
  readonly progress: BatchProgress;
  readonly episodes: readonly BatchOutcome[];
}

export const percent = (share: number | null): string =>
  share === null ? '–' : `${Math.round(share * 100)} %`;

/** One sentence that says how a batch went. */
export function describeBatch({ progress, elapsedS }: BatchReport): string {
  const { done, failed, skipped, left, successRate, perHour } = progress;
  const rate = perHour === null ? '' : `, ${perHour} an hour`;
  const others = [
    ...(skipped > 0 ? [`${skipped} were complete already`] : []),
    ...(left > 0 ? [`${left} were left`] : []),
  ];
  return `${done} done, ${failed} failed in ${formatClock(elapsedS)} (${percent(successRate)} went well${rate})${others.map((each) => `; ${each}`).join('')}`;
}

/** Marks that would end a cell or begin a tag mean nothing in a table. */
const cell = (text: string): string => text.replace(/\s+/gu, ' ').replace(/[\\|<>`*_[\]]/gu, String.raw`\$&`);

const row = ({ path, state, title, durationS, clips, tookS, problem }: BatchOutcome): string =>
  [
    title ?? basename(path),
    state,
    durationS === null ? '' : formatClock(durationS),
    clips === null ? '' : String(clips),
    tookS === null ? '' : `${tookS} s`,
    problem ?? '',
  ]
    .map(cell)
    .join(' | ');

/** The report as a page to read: the sentence, then a table of the episodes with what failed first. */
export function batchMarkdown(report: BatchReport): string {
  const ordered = report.episodes.toSorted(
    (a, b) => Number(b.state === 'failed') - Number(a.state === 'failed'),
  );
  return [
    '# Batch',
    '',
    `${report.startedAt} to ${report.endedAt}`,
    '',
    `${describeBatch(report)}.`,
    '',
    '| episode | state | length | clips | took | problem |',
    '| --- | --- | --- | --- | --- | --- |',
    ...ordered.map((outcome) => `| ${row(outcome)} |`),
    '',
  ].join('\n');
}

/** Writes the report as a page and as JSON; neither is ever seen half-written. Answers their paths. */
export async function writeReport(folder: string, report: BatchReport): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const stamp = report.startedAt.slice(0, 19).replaceAll(':', '-');
  const files = [
    [join(folder, `batch-${stamp}.md`), batchMarkdown(report)],
    [join(folder, `batch-${stamp}.json`), `${JSON.stringify(report, null, 2)}\n`],
  ] as const;
  for (const [path, content] of files) {
    await writeFile(`${path}.partial`, content);
    await rename(`${path}.partial`, path);
  }
  return files.map(([path]) => path);
}
