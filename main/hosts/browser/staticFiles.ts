import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, isAbsolute, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { readPath } from './guard.ts';
import { sendRefusal } from './reply.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};

/** Rooms of the window are addresses without a file behind them, such as /episodes/ep-7k2m9q4x0d. */
const isRoom = (parts: readonly string[]): boolean => !(parts.at(-1) ?? '').includes('.');

/** The regular file below the folder that a path names, links followed; undefined when there is none inside. */
async function findFile(folder: string, parts: readonly string[]): Promise<string | undefined> {
  try {
    const root = await realpath(folder);
    const path = await realpath(join(root, ...parts));
    const within = relative(root, path);
    const isInside =
      within !== '' && within !== '..' && !within.startsWith(`..${sep}`) && !isAbsolute(within);
    return isInside && (await stat(path)).isFile() ? path : undefined;
  } catch {
    return undefined;
  }
}

/** The built files of the window. Vite names what lies in assets/ by its content, so that never changes. */
export async function answerStatic(
  request: IncomingMessage,
  response: ServerResponse,
  folder: string,
): Promise<void> {
  const parts = readPath(request.url ?? '');
  const asked = parts === undefined ? undefined : await findFile(folder, parts);
  const isPage = asked === undefined && parts !== undefined && isRoom(parts);
  const path = asked ?? (isPage ? await findFile(folder, ['index.html']) : undefined);
  if (path === undefined) {
    const detail = isPage ? 'the window is not built; run "npm run build"' : 'there is no such file';
    sendRefusal(response, { status: 404, code: 'NOT_FOUND', detail });
    return;
  }
  response.writeHead(200, {
    'Content-Type': TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream',
    'Content-Length': (await stat(path)).size,
    'Cache-Control': parts?.[0] === 'assets' ? 'private, max-age=31536000, immutable' : 'no-cache',
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  // A client that goes away in the middle is no error of ours.
  await pipeline(createReadStream(path), response).catch(() => response.destroy());
}
