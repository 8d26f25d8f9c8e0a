import type { Caller } from '../../../api/dispatch.ts';
import type { Input } from '../../../contract/index.ts';
import { describeClip } from '../describe.ts';
import type { Output } from '../output.ts';

/** Ranks the moments of a transcript without importing anything. */
export async function runFind(call: Caller, output: Output, command: Input<'clips.find'>): Promise<void> {
  const { profile, clips, notes } = await call('clips.find', command);
  for (const note of notes) output.note(note);
  output.result({ profile, clips }, () =>
    clips.flatMap((clip, index) => [...describeClip(clip, index + 1), '']),
  );
}
