import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Removal } from '../db/removals.ts';
import { tellJournal } from './removalJournal.ts';
import type { StorageTools } from './tools.ts';
import { isThisFile } from './trash.ts';

/** What the disk says about a removal that was under way. */
interface Found {
  readonly inPlace: boolean;
  readonly inTrash: boolean;
}

/** What becomes of a removal whose process was killed; drop means that nothing has happened to the file. */
export function settle(removal: Pick<Removal, 'state' | 'keptAs'>, { inPlace, inTrash }: Found) {
  switch (removal.state) {
    case 'intended':
      if (inTrash) return 'removed';
      // The system's trash cannot be looked into: what is no longer in its place has gone there.
      return !inPlace && removal.keptAs === null ? 'removed' : 'drop';
    case 'restoring':
      return inPlace ? 'undone' : inTrash ? 'removed' : 'emptied';
    case 'emptying':
      return inTrash ? 'removed' : 'emptied';
    case 'removed':
    case 'undone':
    case 'emptied':
      return removal.state;
  }
}

/**
 * Finishes or takes back what a killed process left in the middle, by what is on the disk, and brings the journal up to
 * date. Only for whoever holds the storage lock.
 */
export async function settleRemovals(tools: StorageTools): Promise<void> {
  for (const removal of tools.removals.listUnsettled()) {
    const { id, state, keptAs } = removal;
    const keptPath = keptAs === null ? undefined : join(tools.home, keptAs);
    const found: Found = {
      inPlace: await isThisFile(join(tools.home, removal.path), removal),
      inTrash: keptPath !== undefined && (await isThisFile(keptPath, removal)),
    };
    const becomes = settle(removal, found);
    // It came back under its name, and its name in the trash was still to go.
    if (becomes === 'undone' && keptPath !== undefined && found.inTrash) await unlink(keptPath);
    await tools.library.write(() => {
      if (becomes === 'drop') tools.removals.drop(id);
      else tools.removals.setState(id, state, becomes, tools.nowMs());
      if (becomes === 'removed') tools.ownedFiles.forgetSame(removal);
      if (becomes === 'undone') tools.ownedFiles.putBack(removal);
    });
  }
  await tellJournal(tools);
}
