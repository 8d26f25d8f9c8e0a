import { createStore } from 'zustand/vanilla';
import type { TypedWords } from '../../main/contract/typing.ts';
import type { Clip } from '../../main/domain/clip.ts';
import type { Client } from '../client/client.ts';
import { coalesce } from './coalesce.ts';
import type { EpisodeStore } from './episode.ts';

interface TypingState {
  /** The clip whose words are being typed. */
  readonly clipId: string | null;
  readonly text: string;
  /** How the text lies over the speech; a moment behind the keys. */
  readonly laidOut: TypedWords | null;
  /** True while what stands there is not yet under the clip. */
  readonly isChanged: boolean;
  readonly open: (clip: Clip) => Promise<void>;
  /** Ends typing; words that are not under the clip yet are put there first. */
  readonly close: () => Promise<void>;
  readonly write: (text: string) => void;
  /** Puts the words under the clip. */
  readonly apply: () => Promise<void>;
  /** Takes back what was typed last for this clip; what was typed for others stays. */
  readonly undo: (episodeId: string) => Promise<void>;
}

const closed = { clipId: null, text: '', laidOut: null, isChanged: false };

/** A new line begins a new sentence; a transcript wants a blank line for that. */
const asTranscript = (text: string): string => text.trim().replace(/\n+/gu, '\n\n');
const asLines = (text: string): string => text.replace(/\n{2,}/gu, '\n');

/** Typing the words of one clip over its speech. */
export const createTypingStore = (client: Client, episode: EpisodeStore) =>
  createStore<TypingState>()((set, get) => {
    const layOut = coalesce(async () => {
      const { clipId, text } = get();
      if (clipId === null) return;
      const laidOut = await client.call('typing.layOut', { clipId, text: asTranscript(text) });
      if (get().clipId === clipId) set({ laidOut });
    });
    const readAgain = async (): Promise<void> => {
      await episode.getState().reload();
      await episode.getState().refreshWords();
    };
    return {
      ...closed,
      async open({ id }) {
        if (get().clipId === id) return;
        if (get().isChanged) await get().apply();
        set({ ...closed, clipId: id });
        const laidOut = await client.call('typing.layOut', { clipId: id });
        if (get().clipId === id && !get().isChanged) set({ laidOut, text: asLines(laidOut.text) });
      },
      async close() {
        if (get().isChanged) await get().apply();
        set(closed);
      },
      write(text) {
        set({ text, isChanged: true });
        // The words are shown over the speech as soon as the engine answers; the next key asks again.
        layOut().catch(() => undefined);
      },
      async apply() {
        const { clipId, text } = get();
        if (clipId === null || asTranscript(text) === '') return;
        const { typed } = await client.call('typing.apply', { clipId, text: asTranscript(text) });
        if (get().clipId === clipId) set({ laidOut: typed, isChanged: get().text !== text });
        await readAgain();
      },
      async undo(episodeId) {
        const { clipId, laidOut: before } = get();
        const editId = before?.editId ?? null;
        if (clipId === null || editId === null) return;
        await client.call('transcript.setEdit', { episodeId, editId, state: 'reverted' });
        const laidOut = await client.call('typing.layOut', { clipId });
        if (get().clipId === clipId) set({ laidOut, text: asLines(laidOut.text), isChanged: false });
        await readAgain();
      },
    };
  });
export type TypingStore = ReturnType<typeof createTypingStore>;
