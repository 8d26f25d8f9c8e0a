import type { ProductionStatus } from '../../domain/production.ts';
import type { Log } from './log.ts';

/** Writes a line for each change of the production lock and of what a person says about review; first told how it is. */
export function productionDiary(log: Log): (status: ProductionStatus) => void {
  let before = '';
  return (status) => {
    const { productionActive, productionInfo, reviewPaused, override, reason, deferred, totals } = status;
    const jobIds = productionInfo.map(({ jobId }) => jobId);
    const now = JSON.stringify([productionActive, reviewPaused, override, jobIds]);
    if (now === before) return;
    const isFirst = before === '';
    before = now;
    if (isFirst) return;
    log.write(reviewPaused ? 'review stands aside' : 'review may run', {
      reason,
      override,
      jobIds,
      deferred,
      totals,
    });
  };
}
