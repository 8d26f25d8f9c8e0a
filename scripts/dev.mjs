// The browser shell with the window served by Vite: changes show at once, behind the same token and checks.
import { createServer as createHttpServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import { buildIfStale, cliBundle } from './build.mjs';
import { viteConfig } from './buildWindow.mjs';

/** Vite's client and React's hot reload use inline code and styles; everything else is as in the product. */
const developmentPolicy = (origin) =>
  [
    "default-src 'none'",
    "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    `connect-src 'self' ${origin.replace('http:', 'ws:')}`,
    "font-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');

export async function dev(args) {
  await buildIfStale();
  const { openAddress, openBrowserShell } = await import(pathToFileURL(cliBundle).href);
  const { createServer } = await import('vite');
  // Vite waits for its sockets on a server; this one never listens and is handed only those that passed the door.
  const doorway = createHttpServer();
  const vite = await createServer({
    ...viteConfig,
    server: { middlewareMode: true, hmr: { server: doorway } },
  });
  const pages = {
    answer: (request, response) =>
      new Promise((answered) => {
        response.once('close', answered);
        vite.middlewares(request, response, () => {
          response.statusCode = 404;
          response.end();
        });
      }),
    development: {
      policy: developmentPolicy,
      upgrade: (request, socket, head) => doorway.emit('upgrade', request, socket, head),
    },
  };
  const stopped = new Promise((stop) =>
    ['SIGINT', 'SIGTERM'].forEach((signal) => process.once(signal, stop)),
  );
  const shell = await openBrowserShell({ pages, note: (line) => console.error(line) });
  console.error('Changes in renderer/ show at once; changes in main/ need a new start. Ctrl+C ends it:');
  console.log(shell.url);
  if (!args.includes('--no-open')) await openAddress(shell.url);
  await stopped;
  await vite.close();
  await shell.close();
  return 0;
}
