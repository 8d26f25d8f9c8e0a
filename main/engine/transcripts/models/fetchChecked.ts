import { AppError } from '../../../domain/errors.ts';

/** Whether an address may be asked: the one that was given, and each it redirects to. */
export type AddressRule = (url: URL) => boolean;

/** Model files come over TLS only. */
export const onlySecure: AddressRule = (url) => url.protocol === 'https:' && url.username === '';

const MOST_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Asks an address, following redirects one by one, so that each is checked before anything is sent there. */
export async function fetchChecked(
  address: string,
  headers: Readonly<Record<string, string>>,
  mayFetch: AddressRule,
  signal: AbortSignal,
): Promise<Response> {
  let url = new URL(address);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    if (!mayFetch(url))
      throw new AppError('DOWNLOAD_FAILED', `${address} leads to ${url.href}, which is not asked`);
    const response = await fetch(url, { headers, redirect: 'manual', signal });
    const target = response.headers.get('location');
    if (!REDIRECTS.has(response.status) || target === null) return response;
    await response.body?.cancel();
    url = new URL(target, url);
  }
  throw new AppError('DOWNLOAD_FAILED', `${address} redirects more than ${MOST_REDIRECTS} times`);
}
