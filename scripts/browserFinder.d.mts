export function installedBrowser(): string | undefined;
export function rootArguments(): string[];
