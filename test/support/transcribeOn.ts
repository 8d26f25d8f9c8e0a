// Works on a library until nothing is left to do: a process of its own that a test can kill.
// Arguments: the library, a file that lists what the recogniser is asked, the recording to take in (or nothing).
import { importEpisodes } from '../../main/engine/flows/importEpisodes.ts';
import { logAsked, openHearing, untilIdle } from './hearing.ts';

const [home = '', asked = '', recording] = process.argv.slice(2);
await using bench = await openHearing(home, { pieceMs: 60, onAsked: logAsked(asked) });
if (recording !== undefined) {
  const request = { transcriptPath: null, title: null, together: false, atLeast: null };
  await importEpisodes(bench.engine.queue, { paths: [recording], ...request });
}
process.stdout.write('at work\n');
await untilIdle(bench.engine);
