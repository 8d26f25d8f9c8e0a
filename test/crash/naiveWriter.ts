// What the crash tests must notice: a program that renders straight to the final name, holds no lease and writes down
// no intent. Its orders are the one argument, as JSON; it says on stdout when it begins a file.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Orders = z.object({
  ffmpeg: z.string(),
  source: z.string(),
  exportFolder: z.string(),
  doneList: z.string(),
  files: z.int(),
});

const orders = Orders.parse(JSON.parse(process.argv[2] ?? '{}'));
const done = existsSync(orders.doneList) ? Number(readFileSync(orders.doneList, 'utf8')) : 0;
for (let file = done; file < orders.files; file += 1) {
  process.stdout.write(`${JSON.stringify({ said: 'begun', file })}\n`);
  const path = join(orders.exportFolder, `clip ${file}.m4a`);
  const args = ['-nostdin', '-v', 'error', '-y', '-i', orders.source, '-c:a', 'aac', path];
  const child = spawn(orders.ffmpeg, args, { stdio: 'ignore' });
  await once(child, 'exit');
  writeFileSync(orders.doneList, String(file + 1));
}
