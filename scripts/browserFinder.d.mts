type Environment = Readonly<Record<string, string | undefined>>;

/** Where a system usually keeps such a browser, best first. */
export function usualPlaces(platform: NodeJS.Platform, env: Environment): string[];
/** The browser that CHROMIUM_PATH names, or else one that is installed; undefined when there is none. */
export function installedBrowser(
  platform?: NodeJS.Platform,
  env?: Environment,
  exists?: (path: string) => boolean,
): string | undefined;
/** What a browser needs to be told when root runs it. */
export function rootArguments(): string[];
/** A browser for the tests, fetched if need be, or one sentence that says why there is none. */
export function findTestBrowser(): Promise<
  { readonly path: string; readonly missing?: never } | { readonly path?: never; readonly missing: string }
>;
