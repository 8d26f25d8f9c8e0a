import type { Command } from 'commander';
import type { Caller } from '../../../api/dispatch.ts';
import type { Fix } from '../../../domain/fix.ts';
import type { ScorePart } from '../../../domain/clip.ts';
import type { DoubtfulWords, Segment } from '../../../domain/transcript.ts';
import { formatClock } from '../../../domain/time.ts';
import { describeClip, signed } from '../describe.ts';
import { describeReview } from '../describeReviewer.ts';
import type { Output } from '../output.ts';
import { jsonOption, type RunCommand } from '../command.ts';

export function addExplain(program: Command, run: RunCommand): void {
  program
    .command('explain')
    .description(
      'why a clip has its score: every part with its words, what is said, and what a better cut would earn',
    )
    .argument('<clip>', 'id of the clip')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  soundbite explain clip-4d8z0m1k7q')
    .action((clipId: string) => run('looks', ({ call, output }) => runExplain(call, output, clipId)));
}

const describeEvidence = ({ because }: ScorePart): string[] =>
  because.map(
    ({ text, fromS, points }) => `${signed(points).padStart(14)}  “${text}” at ${formatClock(fromS)}`,
  );

const describeWords = ({ speaker, fromS, text }: Segment): string =>
  `      ${formatClock(fromS).padStart(7)}  ${speaker === undefined ? '' : `${speaker}: `}${text}`;

const WHY_DOUBTFUL: Readonly<Record<DoubtfulWords['why'], string>> = {
  unsure: 'the recogniser was not sure of it',
  repeated: 'the line comes again word for word',
};
const describeDoubt = ({ text, fromS, why }: DoubtfulWords): string =>
  `      ! “${text}” at ${formatClock(fromS)} counts for nothing: ${WHY_DOUBTFUL[why]}.`;

/** The offers, each with the number that applies it. */
export const describeFixes = (fixes: readonly Fix[]): string[] =>
  fixes.map(({ why, worth }, at) => `  ${at + 1}.  ${signed(worth).padStart(6)}  ${why}`);

async function runExplain(call: Caller, output: Output, clipId: string): Promise<void> {
  const explained = await call('clips.explain', { clipId });
  const { clip, sentences, doubtful, fixes } = explained;
  output.result(explained, () => [
    ...describeClip(clip, clip.rank, clip.id),
    ...clip.parts.flatMap((part) =>
      part.because.length === 0
        ? []
        : [`      ${part.name}: ${signed(part.points)} of ${part.max}`, ...describeEvidence(part)],
    ),
    ...describeReview(clip),
    ...sentences.map(describeWords),
    ...doubtful.map(describeDoubt),
    ...(fixes.length === 0
      ? ['No better cut was found nearby.']
      : ['A better cut:', ...describeFixes(fixes)]),
    ...(fixes.length === 0 ? [] : [`To apply the first: soundbite fix ${clip.id} 1`]),
  ]);
}
