import { AppError } from '../../domain/errors.ts';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/u;

/** Where servers of language models listen on this machine when nobody tells them otherwise. */
export const LOCAL_SERVERS = [
  { id: 'ollama', baseUrl: 'http://127.0.0.1:11434/v1' },
  { id: 'llama-cpp', baseUrl: 'http://127.0.0.1:8080/v1' },
  { id: 'lm-studio', baseUrl: 'http://127.0.0.1:1234/v1' },
] as const;

/** Whether an address is on this machine. */
export const isLocal = (baseUrl: string): boolean => LOOPBACK.test(new URL(baseUrl).hostname);

/**
 * The address of a provider in the form in which it is kept: https, or http on this machine, without a trailing slash.
 * Throws BAD_INPUT for anything else, and for one that carries a password, which would end up in places that are not secret.
 */
export function checkBaseUrl(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch (error) {
    throw new AppError('BAD_INPUT', `"${text}" is no address`, { cause: error });
  }
  if (url.username !== '' || url.password !== '')
    throw new AppError('BAD_INPUT', 'a key is not part of the address; add it with "reviewer keys add"');
  if (url.search !== '' || url.hash !== '')
    throw new AppError('BAD_INPUT', `${url.origin}${url.pathname} is all that is needed of that address`);
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
  if (!isSafe)
    throw new AppError(
      'BAD_INPUT',
      `${url.protocol}//${url.host} is neither https nor on this machine: keys and words would cross the network readable`,
    );
  return url.href.replace(/\/+$/u, '');
}
