// Preloaded into a command line by a test: writes what the process used, in seconds of CPU, when it ends.
import { writeFileSync } from 'node:fs';

process.on('exit', () => {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  writeFileSync(process.env['SOUNDBITE_TEST_USAGE'] ?? '', String((userCPUTime + systemCPUTime) / 1e6));
});
