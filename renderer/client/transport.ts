/** A file that a person dropped or chose; the page's own File fits. */
export interface DroppedFile {
  readonly name: string;
  readonly size: number;
}

export interface Upload {
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

/** The edge of the window: how a shell is reached. Replies and payloads are as they came, not yet checked. */
export interface Transport {
  call(name: string, input: unknown): Promise<unknown>;
  on(name: string, listener: (payload: unknown) => void): () => void;
  /** Hears when the shell is lost and when it is there again. */
  onConnection(listener: (isConnected: boolean) => void): () => void;
  /** The path of a file on this machine where the shell may know it; undefined where the file must be copied. */
  pathOf(file: DroppedFile): string | undefined;
  /** Copies a file into the library; answers as a call does. */
  upload(file: DroppedFile, upload: Upload): Promise<unknown>;
  readonly mediaOrigin: string;
}
