import { lstat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CleanupPlan, CleanupReport, LeftAlone, PlannedRemoval } from '../../domain/storage.ts';
import type { RecordedFile } from '../db/ownedFiles.ts';
import type { Removal } from '../db/removals.ts';
import { isInUse } from './inUse.ts';
import { tellJournal } from './removalJournal.ts';
import type { StorageTools } from './tools.ts';
import { keptAsOf, moveToTrash, removeEmptyFolders } from './trash.ts';
import { surveyGround, verifyOwned, type LibraryGround } from './verifyOwned.ts';

/** So many files are written down, moved and written off together: what a kill can leave to be settled. */
const BATCH = 20;

export interface ApplyOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (fraction: number) => void;
}

/** A file about to be moved, and the number under which that was written down. */
interface Intended {
  readonly id: number;
  readonly file: RecordedFile;
  readonly planned: PlannedRemoval;
  readonly keptAs: string | null;
}

/**
 * Does what a plan says, a batch at a time: empties the library's trash as planned, then moves files there, or to the
 * system's. Each file is looked at again right before; what is not the recorded file any more, or is needed by a job by
 * now, is left alone and reported. Only for whoever holds the storage lock, after what was left in the middle is settled.
 */
export async function applyCleanup(
  tools: StorageTools,
  plan: CleanupPlan,
  run: string,
  { signal, onProgress }: ApplyOptions = {},
): Promise<CleanupReport> {
  const ground = await surveyGround(tools.home);
  const leftAlone: LeftAlone[] = [...plan.leftAlone];
  const removed: PlannedRemoval[] = [];
  const emptied = await emptyTrash(tools, ground, plan.emptied, leftAlone, signal);
  for (let from = 0; from < plan.removals.length; from += BATCH) {
    signal?.throwIfAborted();
    const batch = await intend(tools, run, plan.removals.slice(from, from + BATCH), leftAlone);
    const moved = await moveAll(tools, ground, batch, leftAlone);
    await record(tools, batch, moved);
    removed.push(...moved.map(({ planned }) => planned));
    onProgress?.(Math.min(1, (from + BATCH) / plan.removals.length));
  }
  return {
    run: removed.length === 0 ? null : run,
    removed,
    removedBytes: sum(removed),
    emptied: emptied.length,
    emptiedBytes: sum(emptied),
    leftAlone,
    stillOverBytes: plan.stillOverBytes,
  };
}

const sum = (files: readonly { readonly sizeBytes: number }[]): number =>
  files.reduce((total, { sizeBytes }) => total + sizeBytes, 0);

/** Writes down what is about to move; what a job has come to need since the plan was made is left out. */
async function intend(
  tools: StorageTools,
  run: string,
  planned: readonly PlannedRemoval[],
  leftAlone: LeftAlone[],
): Promise<Intended[]> {
  const busy: string[] = [];
  const intended = await tools.library.write(() => {
    const use = tools.liveUse.read();
    return planned.flatMap((each): Intended[] => {
      const file = tools.ownedFiles.get(each.path);
      if (file === undefined) return [];
      if (isInUse(file, use, tools.home)) {
        busy.push(file.path);
        return [];
      }
      const id = tools.removals.intend(run, file, each.reason, tools.nowMs());
      // A person's own trash is for what a person may miss, not for yesterday's backup.
      const isForSystem = tools.trashItem !== undefined && each.reason !== 'superseded';
      const keptAs = isForSystem ? null : keptAsOf(tools, run, id, file.path);
      tools.removals.setKeptAs(id, keptAs);
      return [{ id, file, planned: each, keptAs }];
    });
  });
  leftAlone.push(...busy.map((path) => ({ path, because: 'in-use' as const })));
  tools.onStep?.('intended');
  return intended;
}

async function moveAll(
  tools: StorageTools,
  ground: LibraryGround,
  batch: readonly Intended[],
  leftAlone: LeftAlone[],
): Promise<Intended[]> {
  const moved: Intended[] = [];
  for (const each of batch) {
    const because = await move(tools, ground, each);
    if (because === 'moved') moved.push(each);
    else if (because !== 'gone') leftAlone.push({ path: each.file.path, because });
    tools.onStep?.('moved');
  }
  return moved;
}

async function move(
  tools: StorageTools,
  ground: LibraryGround,
  { file, keptAs }: Intended,
): Promise<'moved' | 'gone' | LeftAlone['because']> {
  const verdict = await verifyOwned(ground, file);
  if (verdict.is === 'gone') return 'gone';
  if (verdict.is === 'not-ours') return verdict.because;
  try {
    if (keptAs !== null)
      return (await moveToTrash(verdict.path, join(ground.home, keptAs), file)) ? 'moved' : 'replaced';
    await tools.trashItem?.(verdict.path);
    // Some desktops answer before they have done it, or do nothing: only a file that is gone has gone.
    const isStillThere = await lstat(verdict.path).then(
      () => true,
      () => false,
    );
    return isStillThere ? 'trash-failed' : 'moved';
  } catch {
    return 'trash-failed';
  } finally {
    await removeEmptyFolders(dirname(verdict.path), ground.home);
  }
}

/** Writes off what has moved, forgets what was intended and did not happen, and tells the journal. */
async function record(
  tools: StorageTools,
  batch: readonly Intended[],
  moved: readonly Intended[],
): Promise<void> {
  await tools.library.write(() => {
    for (const { id, file } of moved) {
      tools.removals.setState(id, 'intended', 'removed', tools.nowMs());
      tools.ownedFiles.forgetSame(file);
    }
    for (const { id } of batch.filter((each) => !moved.includes(each))) tools.removals.drop(id);
  });
  tools.onStep?.('recorded');
  await tellJournal(tools);
}

/** Takes files out of the library's trash for good; answers those that went. */
async function emptyTrash(
  tools: StorageTools,
  ground: LibraryGround,
  planned: CleanupPlan['emptied'],
  leftAlone: LeftAlone[],
  signal: AbortSignal | undefined,
): Promise<Removal[]> {
  const wanted = new Set(planned.map(({ removalId }) => removalId));
  const inTrash = tools.removals.listInTrash().filter(({ id }) => wanted.has(id));
  const emptied: Removal[] = [];
  for (let from = 0; from < inTrash.length; from += BATCH) {
    signal?.throwIfAborted();
    const batch = inTrash.slice(from, from + BATCH);
    await tools.library.write(() => {
      for (const { id } of batch) tools.removals.setState(id, 'removed', 'emptying', tools.nowMs());
    });
    const gone = new Set<number>();
    for (const removal of batch) {
      const verdict = await verifyOwned(ground, { ...removal, path: removal.keptAs ?? '' });
      if (verdict.is === 'not-ours') leftAlone.push({ path: removal.keptAs ?? '', because: verdict.because });
      else gone.add(removal.id);
      if (verdict.is === 'ours') {
        await unlink(verdict.path);
        await removeEmptyFolders(dirname(verdict.path), tools.trash);
      }
      tools.onStep?.('moved');
    }
    await tools.library.write(() => {
      for (const { id } of batch)
        tools.removals.setState(id, 'emptying', gone.has(id) ? 'emptied' : 'removed', tools.nowMs());
    });
    emptied.push(...batch.filter(({ id }) => gone.has(id)));
    await tellJournal(tools);
  }
  return emptied;
}
