import { fork } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { AppError } from '../../../domain/errors.ts';
import { Watchdog } from '../../media/watchdog.ts';
import { Answer, type Order, type OrderMessage } from './protocol.ts';

/** A running child, whatever kind of process it is. */
export interface ChildPort {
  readonly pid: number | undefined;
  post(message: OrderMessage): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, with the reason in words. */
  onExit(listener: (how: string) => void): void;
  /** What the child's native code complains about. */
  onComplaint(listener: (text: string) => void): void;
  /** Ends it at once, whatever it is doing. */
  kill(): void;
}

/** Starts a child from its entry file; Electron supplies its own. */
export type SpawnRecogniser = (entryPath: string) => ChildPort;

/** The child went away in the middle of its work: a fault of native code, or somebody ended it. */
export class RecogniserCrashed extends Error {
  override readonly name = 'RecogniserCrashed';
}

/** The child's entry: its source where this runs from sources, else the bundle beside this one. */
export function recogniserEntry(): string {
  const self = fileURLToPath(import.meta.url);
  return join(dirname(self), self.endsWith('.ts') ? 'childMain.ts' : 'recogniser.mjs');
}

const KEPT_VARIABLES = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'SystemRoot', 'TEMP', 'TMP'];

/** A child of plain Node. */
export const spawnNodeChild: SpawnRecogniser = (entryPath) => {
  const env = Object.fromEntries(
    KEPT_VARIABLES.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
  const child = fork(entryPath, [], { execArgv: [], env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  return {
    pid: child.pid,
    post: (message) => {
      // A child that is going away cannot be written to; its end is told by onExit.
      child.send(message, () => undefined);
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => {
      child.once('error', (error) => {
        listener(error.message);
      });
      child.once('exit', (code, signal) => {
        listener(signal === null ? `exit code ${String(code)}` : signal);
      });
    },
    onComplaint: (listener) => void child.stderr?.setEncoding('utf8').on('data', listener),
    kill: () => void child.kill('SIGKILL'),
  };
};

/** No piece takes this long, not even the largest model on the slowest machine. */
const LONGEST_ORDER_MS = 600_000;
const COMPLAINT_CHARACTERS = 2_000;

interface Waiting {
  readonly id: number;
  readonly child: ChildPort;
  readonly settle: (answer: Answer) => void;
  readonly fail: (error: Error) => void;
}

/**
 * A child process that hears, and is started again when it has gone away. One order at a time; an aborted order kills
 * the child, because native work cannot be interrupted otherwise.
 */
export class RecogniserProcess implements Disposable {
  readonly #spawn: SpawnRecogniser;
  readonly #stallMs: number;
  #child: ChildPort | undefined;
  #waiting: Waiting | undefined;
  #lastId = 0;
  #complaints = '';

  constructor(spawn: SpawnRecogniser, stallMs: number = LONGEST_ORDER_MS) {
    this.#spawn = spawn;
    this.#stallMs = stallMs;
  }

  get isRunning(): boolean {
    return this.#child !== undefined;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** The last words of the child's native code. */
  get complaints(): string {
    return this.#complaints;
  }

  /**
   * Has an order carried out. Throws RecogniserCrashed when the child went away, an AppError (SPEECH_MODEL_UNUSABLE) when
   * it could not do it, or the signal's reason.
   */
  async ask<Value>(order: Order, shape: z.ZodType<Value>, signal?: AbortSignal): Promise<Value> {
    signal?.throwIfAborted();
    if (this.#waiting !== undefined) throw new Error('the recogniser is still at work');
    const child = (this.#child ??= this.#start());
    const id = ++this.#lastId;
    const kill = (): void => {
      child.kill();
    };
    const watchdog = new Watchdog(this.#stallMs, kill);
    signal?.addEventListener('abort', kill, { once: true });
    try {
      const answer = await new Promise<Answer>((settle, fail) => {
        this.#waiting = { id, child, settle, fail };
        child.post({ id, order });
      });
      if (!answer.ok) throw new AppError('SPEECH_MODEL_UNUSABLE', this.#explain(answer.message));
      return shape.parse(answer.value);
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      this.#waiting = undefined;
      watchdog.stop();
      signal?.removeEventListener('abort', kill);
    }
  }

  /** Ends the child; a later order starts another. */
  stop(): void {
    this.#child?.kill();
    this.#child = undefined;
  }

  [Symbol.dispose](): void {
    this.stop();
  }

  #start(): ChildPort {
    const child = this.#spawn(recogniserEntry());
    this.#complaints = '';
    child.onComplaint((text) => {
      this.#complaints = (this.#complaints + text).slice(-COMPLAINT_CHARACTERS);
    });
    child.onMessage((raw) => {
      const answer = Answer.parse(raw);
      if (this.#waiting?.id === answer.id) this.#waiting.settle(answer);
    });
    child.onExit((how) => {
      if (this.#child === child) this.#child = undefined;
      if (this.#waiting?.child === child)
        this.#waiting.fail(new RecogniserCrashed(this.#explain(`the recogniser ended: ${how}`)));
    });
    return child;
  }

  #explain(message: string): string {
    const said = this.#complaints.trim();
    return said === '' ? message : `${message}\n${said}`;
  }
}
