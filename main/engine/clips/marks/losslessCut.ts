import { z } from 'zod';
import type { NewMark } from '../../../domain/mark.ts';
import { readJson5 } from './json5.ts';
import { toMark, unreadable } from './mark.ts';

const Piece = z.object({
  start: z.number().min(0).nullish(),
  end: z.number().min(0).nullish(),
  name: z.string().nullish(),
});
const Project = z.union([
  z.object({ cutSegments: z.array(Piece) }).transform(({ cutSegments }) => cutSegments),
  z.object({ segments: z.array(Piece) }).transform(({ segments }) => segments),
]);

export const isLosslessCut = (text: string): boolean => /^\s*\{/u.test(text);

/** Reads a LosslessCut project, which is JSON5. Throws MARKS_UNREADABLE where it holds no segments. */
export function readLosslessCut(text: string): NewMark[] {
  const project = Project.safeParse(readJson5(text));
  if (!project.success)
    throw unreadable('This is no LosslessCut project: it has no list of segments with times in seconds.');
  return project.data.map(({ start, end, name }) => toMark(start ?? 0, end ?? undefined, name ?? ''));
}
