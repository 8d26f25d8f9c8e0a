/** What a test asks of the double, and what comes back. */
export type Ask =
  | { readonly kind: 'exposed' | 'channels' | 'minimize' | 'closeWindow' | 'quit' }
  | { readonly kind: 'call'; readonly name: string; readonly input: unknown }
  | { readonly kind: 'pathOf'; readonly path: string }
  | { readonly kind: 'listen' | 'stopListening'; readonly name: string }
  | {
      readonly kind: 'invokeFrom';
      readonly sender: 'ours' | 'another';
      readonly url: string | null;
      readonly isSubframe: boolean;
      readonly args: readonly unknown[];
    }
  | {
      readonly kind: 'fetch';
      readonly url: string;
      readonly method: string;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'navigate'; readonly event: string; readonly url: string }
  | { readonly kind: 'openWindow'; readonly url: string }
  | { readonly kind: 'permission'; readonly permission: string }
  | { readonly kind: 'choose'; readonly paths: readonly string[] }
  | { readonly kind: 'appEvent'; readonly event: 'second-instance' | 'activate' };

export interface Event {
  readonly name: string;
  readonly payload: unknown;
}

export interface Entry {
  readonly what: string;
  readonly detail: unknown;
}

export interface Report {
  readonly id?: number;
  readonly value?: unknown;
  readonly problem?: string;
  readonly event?: Event;
  readonly entry?: Entry;
}
