import { mkdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../domain/errors.ts';
import type { Removal } from '../db/removals.ts';
import { tellJournal } from './removalJournal.ts';
import type { StorageTools } from './tools.ts';
import { isThisFile, moveWithoutReplacing, removeEmptyFolders } from './trash.ts';

export interface Undone {
  readonly run: string;
  readonly restored: readonly string[];
  readonly restoredBytes: number;
  /** Files that could not come back: another one has their place, or they are not in the trash any more. */
  readonly notRestored: readonly string[];
}

/**
 * Brings back what one cleanup took away, the last one when none is named; nothing that has its place since is replaced.
 * Only for whoever holds the storage lock. Throws NOTHING_TO_UNDO where nothing of it is in the library's trash.
 */
export async function undoCleanup(tools: StorageTools, named: string | undefined): Promise<Undone> {
  const run = named ?? tools.removals.lastUndoable()?.run;
  const removals = run === undefined ? [] : tools.removals.listOfRun(run);
  const inTrash = removals.filter(({ state, keptAs }) => state === 'removed' && keptAs !== null);
  if (run === undefined || inTrash.length === 0)
    throw new AppError('NOTHING_TO_UNDO', 'nothing that a cleanup took away is in the library\u2019s trash');
  const restored: Removal[] = [];
  for (const removal of inTrash) if (await restore(tools, removal)) restored.push(removal);
  await tellJournal(tools);
  return {
    run,
    restored: restored.map(({ path }) => path),
    restoredBytes: restored.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    notRestored: inTrash.filter((each) => !restored.includes(each)).map(({ path }) => path),
  };
}

async function restore(tools: StorageTools, removal: Removal): Promise<boolean> {
  const { id, keptAs } = removal;
  const from = join(tools.home, keptAs ?? '');
  const to = join(tools.home, removal.path);
  if (!(await isThisFile(from, removal)) || !(await makeFolder(tools.home, dirname(to)))) return false;
  await tools.library.write(() => tools.removals.setState(id, 'removed', 'restoring', tools.nowMs()));
  tools.onStep?.('intended');
  const isBack = await moveWithoutReplacing(from, to).then(
    () => true,
    () => false,
  );
  tools.onStep?.('moved');
  await tools.library.write(() => {
    tools.removals.setState(id, 'restoring', isBack ? 'undone' : 'removed', tools.nowMs());
    if (isBack) tools.ownedFiles.putBack(removal);
  });
  if (isBack) await removeEmptyFolders(dirname(from), tools.trash);
  return isBack;
}

/** Makes the folder again; false where its place has become a way out of the library. */
async function makeFolder(home: string, folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return (await realpath(folder)) === join(await realpath(home), folder.slice(home.length));
  } catch {
    return false;
  }
}
