import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEngine, type Engine } from '../../main/engine/createEngine.ts';
import { importModel } from '../../main/engine/flows/keepModels.ts';
import type { SpeechHost } from '../../main/engine/flows/context.ts';
import type { OrderMessage } from '../../main/engine/transcripts/recogniser/protocol.ts';
import {
  spawnNodeChild,
  type ChildPort,
} from '../../main/engine/transcripts/recogniser/recogniserProcess.ts';
import { root } from './cli.ts';
import { toneModel } from './tones.ts';

/** What a recogniser is put through: how slow it is, and what happens when it is asked something. */
export interface Trial {
  /** Each piece takes at least this long, as with a model that is worth having. */
  readonly pieceMs?: number;
  readonly onAsked?: (order: OrderMessage['order'], child: ChildPort) => void;
}

/** A real child behind a real protocol, watched and slowed down. */
export const watchedSpawn =
  ({ pieceMs = 0, onAsked }: Trial): SpeechHost['spawn'] =>
  (entryPath) => {
    const child = spawnNodeChild(entryPath);
    const post = (message: OrderMessage): void => {
      onAsked?.(message.order, child);
      if (message.order.kind !== 'recognise' || pieceMs === 0) child.post(message);
      else
        setTimeout(() => {
          child.post(message);
        }, pieceMs);
    };
    return { ...child, pid: child.pid, post };
  };

export interface HearingBench extends AsyncDisposable {
  readonly engine: Engine;
}

/** An engine that works on a library of its own and hears with the tone model. */
export async function openHearing(
  home: string,
  trial: Trial = {},
  speech: Partial<SpeechHost> = {},
): Promise<HearingBench> {
  const engine = await createEngine({
    env: { ...process.env, SOUNDBITE_HOME: home, SOUNDBITE_POLL_INTERVAL_S: '0.1' },
    resourcesDir: join(root, 'resources'),
    works: true,
    onNotice: () => undefined,
    onBug: (error) => {
      throw error;
    },
    speech: { spawn: watchedSpawn(trial), ...speech },
  });
  return { engine, [Symbol.asyncDispose]: () => engine.close() };
}

/** Puts the tone model into a library. */
export async function installTones(home: string): Promise<void> {
  await using bench = await openHearing(home);
  await importModel(bench.engine, toneModel);
}

/** Resolves with the jobs of a library when all are done. */
export async function untilIdle(engine: Engine): Promise<void> {
  for (;;) {
    const ids = engine.library.db
      .prepare<[], number>("SELECT id FROM jobs WHERE state IN ('pending', 'processing', 'paused')")
      .pluck()
      .all();
    if (ids.length === 0) return;
    await engine.queue.settled(ids);
  }
}

/** Writes down which pieces a recogniser was asked for, so that another process can count them. */
export const logAsked =
  (path: string): NonNullable<Trial['onAsked']> =>
  (order) => {
    if (order.kind === 'recognise') appendFileSync(path, `${order.fromSample}\n`);
  };
