import { createStore } from 'zustand/vanilla';
import type { Job } from '../../main/domain/job.ts';
import { CallRefused, type Client } from '../client/client.ts';
import type { DroppedFile } from '../client/transport.ts';
import { matchDrop } from '../selectors/dropMatching.ts';
import { fileSize } from '../selectors/numbers.ts';
import { strings } from '../strings.ts';
import type { ChooserStore } from './chooser.ts';
import type { MemoryStore } from './memory.ts';
import type { PlaceStore } from './place.ts';
import type { QueueStore } from './queue.ts';
import type { TroublesStore } from './troubles.ts';

/** A file on its way into the library. */
export interface Arrival {
  readonly id: number;
  readonly name: string;
  readonly share: number;
  readonly cancel: () => void;
}

interface ArrivalsState {
  readonly arrivals: readonly Arrival[];
  /** Takes in whatever was dropped or chosen; a lone transcript goes to the episode in hand, where there is one. */
  readonly receive: (files: readonly DroppedFile[], episodePath?: string) => Promise<void>;
  /** Lets a person find a recording on this machine; it is used where it is. */
  readonly browse: () => Promise<void>;
  readonly browseTranscript: (episodePath: string) => Promise<void>;
  readonly importSample: () => Promise<void>;
}

interface Needs {
  readonly client: Client;
  readonly chooser: ChooserStore;
  readonly memory: MemoryStore;
  readonly place: PlaceStore;
  readonly queue: QueueStore;
  readonly troubles: TroublesStore;
}

export const createArrivalsStore = (needs: Needs) => {
  const { client, chooser, memory, place, queue, troubles } = needs;
  let next = 1;
  return createStore<ArrivalsState>()((set, get) => {
    const tellTrouble = (error: unknown, name: string, again: () => Promise<void>): void => {
      if (error instanceof Error && error.name === 'AbortError') return;
      const act = (label: string, run: () => Promise<void>) => ({ label, run: () => void run() });
      troubles
        .getState()
        .tell(error, name, [
          act(strings.acts.chooseAgain, () => get().browse()),
          act(strings.acts.retry, again),
        ]);
    };

    /** Uploads are one after the other: a browser's tab and a disk both prefer that. */
    const copy = async (file: DroppedFile): Promise<string> => {
      const abort = new AbortController();
      const id = next;
      next += 1;
      const arrival = {
        id,
        name: file.name,
        share: 0,
        cancel: () => {
          abort.abort();
        },
      };
      set(({ arrivals }) => ({ arrivals: [...arrivals, arrival] }));
      const onProgress = (share: number): void => {
        set(({ arrivals }) => ({
          arrivals: arrivals.map((one) => (one.id === id ? { ...one, share } : one)),
        }));
      };
      try {
        return await client.upload(file, { onProgress, signal: abort.signal });
      } finally {
        set(({ arrivals }) => ({ arrivals: arrivals.filter((one) => one.id !== id) }));
      }
    };

    const isTooLarge = (file: DroppedFile): boolean =>
      file.size > (memory.getState().host?.maxUploadBytes ?? Number.POSITIVE_INFINITY);

    /** The file's path on this machine: its own, the one a person finds, or that of a copy. Null when they gave up. */
    const pathFor = async (file: DroppedFile): Promise<string | null> => {
      const own = client.pathOf(file);
      if (own !== undefined) return own;
      if (!isTooLarge(file)) return copy(file);
      const why = strings.chooser.tooLarge(fileSize(file.size));
      return chooser.getState().choose({ purpose: 'media', name: file.name, why });
    };

    const takeIn = async (paths: string[], transcriptPath: string | null): Promise<Job[]> => {
      const { jobs } = await client.call('episodes.import', {
        paths,
        ...(transcriptPath === null ? {} : { transcriptPath }),
      });
      queue.getState().learn(jobs);
      return jobs;
    };

    const goTo = (jobs: readonly Job[]): void => {
      const [only] = jobs;
      if (jobs.length === 1 && only !== undefined) place.getState().go({ room: 'work', jobId: only.id });
      else if (jobs.length > 1) place.getState().go({ room: 'library' });
    };

    const receiveOne = async (media: DroppedFile, transcript: DroppedFile | undefined): Promise<Job[]> => {
      try {
        const transcriptPath = transcript === undefined ? null : await pathFor(transcript);
        const path = await pathFor(media);
        return path === null ? [] : await takeIn([path], transcriptPath);
      } catch (error) {
        tellTrouble(error, media.name, async () => {
          goTo(await receiveOne(media, transcript));
        });
        return [];
      }
    };

    return {
      arrivals: [],
      async receive(files, episodePath) {
        const { episodes, transcripts, others } = matchDrop(files);
        const jobs: Job[] = [];
        for (const { media, transcript } of episodes) jobs.push(...(await receiveOne(media, transcript)));
        for (const file of others) jobs.push(...(await receiveOne(file, undefined)));
        for (const transcript of transcripts) {
          if (episodePath === undefined) {
            const trouble = { code: 'BAD_INPUT' as const, ...strings.loneTranscript, detail: '' };
            troubles.getState().tell(new CallRefused(trouble), transcript.name);
            continue;
          }
          try {
            jobs.push(...(await takeIn([episodePath], await pathFor(transcript))));
          } catch (error) {
            tellTrouble(error, transcript.name, () => get().receive([transcript], episodePath));
          }
        }
        goTo(jobs);
      },
      async browse() {
        const path = memory.getState().host?.hasNativeDialogs
          ? ((await client.call('host.pickMedia', {})).paths ?? [])
          : [await chooser.getState().choose({ purpose: 'media' })].filter((one) => one !== null);
        if (path.length === 0) return;
        try {
          goTo(await takeIn(path, null));
        } catch (error) {
          tellTrouble(error, path.map((one) => one.split(/[\\/]/).at(-1)).join(', '), () => get().browse());
        }
      },
      async browseTranscript(episodePath) {
        const startFolder = episodePath.replace(/[\\/][^\\/]*$/, '');
        const path = await chooser.getState().choose({ purpose: 'transcript', startFolder });
        if (path === null) return;
        try {
          goTo(await takeIn([episodePath], path));
        } catch (error) {
          tellTrouble(error, path, () => get().browseTranscript(episodePath));
        }
      },
      async importSample() {
        await troubles.getState().attempt(async () => {
          const { jobs } = await client.call('episodes.importSample', {});
          queue.getState().learn(jobs);
          goTo(jobs);
        });
      },
    };
  });
};
export type ArrivalsStore = ReturnType<typeof createArrivalsStore>;
