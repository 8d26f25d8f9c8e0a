/** CPU milliseconds, user and system, of the cheapest of a few runs: what else the machine does makes a run dearer. */
export function cheapestRunMs(work: () => void, runs = 3): number {
  const costs = Array.from({ length: runs }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  // Below this the clock itself is most of what is measured.
  return Math.max(5, Math.min(...costs));
}
