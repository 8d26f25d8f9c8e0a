import type { CustomScheme } from 'electron';
import { answerPage, refusePage, type PageSources } from '../../api/pages.ts';

/** stream lets the player ask for ranges instead of waiting for a whole recording. */
export const APP_SCHEME: CustomScheme = {
  scheme: 'app',
  privileges: { standard: true, secure: true, stream: true },
};
const APP_HOST = 'soundbite';
export const APP_PAGE = `app://${APP_HOST}/`;

export function isAppUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === 'app:' && url.host === APP_HOST;
}

/** Answers every app:// address by ourselves: a file address handed on to the network stack would lose its range. */
export const answerAppScheme =
  (sources: PageSources) =>
  (request: Request): Promise<Response> | Response =>
    isAppUrl(request.url) ? answerPage(sources, request) : refusePage(404);
