import { createStore } from 'zustand/vanilla';
import type { EpisodeDetail } from '../../main/contract/episodes.ts';
import type { Clip } from '../../main/domain/clip.ts';
import type { WireError } from '../../main/domain/errors.ts';
import type { TimeRange } from '../../main/domain/time.ts';
import type { Segment } from '../../main/domain/transcript.ts';
import { troubleOf, type Client } from '../client/client.ts';
import { coalesce } from './coalesce.ts';

/** A closer look at one clip: its words and its sound, with a little before and after. */
export interface CloseUp {
  /** The cut it was made for. */
  readonly cut: TimeRange;
  readonly range: TimeRange;
  readonly segments: readonly Segment[];
  readonly columns: readonly number[] | null;
}

export type Decision = 'keep' | 'reject' | 'undecide';
export type Slip = 'receipt' | 'titles' | 'exports';

interface EpisodeState {
  readonly episodeId: string | null;
  /** Null until it was read. */
  readonly detail: EpisodeDetail | null;
  /** Why it cannot be read. */
  readonly missing: WireError | null;
  readonly wave: readonly number[] | null;
  readonly selectedId: string | null;
  readonly closeUps: Readonly<Record<string, CloseUp>>;
  /** The part of the receipt that lies open; null when all are folded. */
  readonly openPart: string | null;
  readonly slip: Slip;
  readonly open: (episodeId: string) => Promise<void>;
  readonly reload: () => Promise<void>;
  /** Reads the words of the clip in hand again, without a gap in which there are none; those of others when they are selected. */
  readonly refreshWords: () => Promise<void>;
  readonly select: (clipId: string) => void;
  /** Selects the next or the previous clip of the list. */
  readonly move: (step: 1 | -1) => void;
  readonly openPartOf: (part: string | null) => void;
  readonly show: (slip: Slip) => void;
}

const WAVE_COLUMNS = 700;
const ZOOM_COLUMNS = 900;
/** How much of the episode is shown before and after a clip. */
const AROUND_S = 14;

const closed = { detail: null, missing: null, wave: null, selectedId: null, closeUps: {}, openPart: null };

async function lookCloser(client: Client, clip: Clip, durationS: number): Promise<CloseUp> {
  const range = { fromS: Math.max(0, clip.inS - AROUND_S), toS: Math.min(durationS, clip.outS + AROUND_S) };
  const { episodeId } = clip;
  const [{ segments }, { columns }] = await Promise.all([
    client.call('episodes.words', { episodeId, range }),
    client.call('episodes.waveform', { episodeId, range, columns: ZOOM_COLUMNS }),
  ]);
  return { cut: { fromS: clip.inS, toS: clip.outS }, range, segments, columns };
}

export const createEpisodeStore = (client: Client) =>
  createStore<EpisodeState>()((set, get) => {
    const load = coalesce(async () => {
      const { episodeId } = get();
      if (episodeId === null) return;
      try {
        const detail = await client.call('episodes.open', { episodeId });
        if (get().episodeId !== episodeId) return;
        const before = get().detail;
        const isListed = detail.clips.some((clip) => clip.id === get().selectedId);
        set({ detail, missing: null, closeUps: keepCurrent(get().closeUps, before, detail) });
        if (!isListed) set({ selectedId: successorOf(before, get().selectedId, detail)?.id ?? null });
        const selectedId = get().selectedId ?? detail.clips[0]?.id;
        if (selectedId !== undefined) get().select(selectedId);
        if (get().wave === null) {
          const { columns } = await client.call('episodes.waveform', { episodeId, columns: WAVE_COLUMNS });
          if (get().episodeId === episodeId) set({ wave: columns });
        }
      } catch (error) {
        if (get().episodeId === episodeId) set({ missing: troubleOf(error) });
      }
    });
    const look = async (clip: Clip, durationS: number): Promise<void> => {
      const { cut } = get().closeUps[clip.id] ?? {};
      if (cut?.fromS === clip.inS && cut.toS === clip.outS) return;
      const closeUp = await lookCloser(client, clip, durationS);
      if (get().episodeId !== clip.episodeId) return;
      set(({ closeUps }) => ({ closeUps: { ...closeUps, [clip.id]: closeUp } }));
    };
    return {
      ...closed,
      episodeId: null,
      slip: 'receipt',
      async open(episodeId) {
        if (get().episodeId !== episodeId) set({ ...closed, episodeId, slip: 'receipt' });
        await load();
      },
      reload: load,
      async refreshWords() {
        const clip = selectedClip(get());
        const durationS = get().detail?.episode.durationS;
        if (clip === undefined || durationS === undefined) return;
        const closeUp = await lookCloser(client, clip, durationS);
        if (get().episodeId === clip.episodeId) set({ closeUps: { [clip.id]: closeUp } });
      },
      select(clipId) {
        const { detail, selectedId } = get();
        const clip = detail?.clips.find(({ id }) => id === clipId);
        if (detail === null || clip === undefined) return;
        if (selectedId !== clipId) set({ selectedId: clipId, openPart: bestPart(clip) });
        look(clip, detail.episode.durationS).catch((error: unknown) => {
          set({ missing: troubleOf(error) });
        });
      },
      move(step) {
        const clips = get().detail?.clips ?? [];
        const at = clips.findIndex(({ id }) => id === get().selectedId);
        const next = clips[Math.min(clips.length - 1, Math.max(0, at + step))];
        if (next !== undefined) get().select(next.id);
      },
      openPartOf(part) {
        set({ openPart: part });
      },
      show(slip) {
        set({ slip });
      },
    };
  });
export type EpisodeStore = ReturnType<typeof createEpisodeStore>;

/** A look at a clip is kept as long as the words it shows are the same. */
function keepCurrent(
  closeUps: Readonly<Record<string, CloseUp>>,
  before: EpisodeDetail | null,
  after: EpisodeDetail,
): Readonly<Record<string, CloseUp>> {
  const isSameText = before?.episode.transcriptSource === after.episode.transcriptSource;
  return isSameText ? closeUps : {};
}

/** The clip that now stands for one that is gone: the list was refined, and the hand stays at the same moment. */
function successorOf(
  before: EpisodeDetail | null,
  selectedId: string | null,
  after: EpisodeDetail,
): Clip | undefined {
  const gone = before?.clips.find(({ id }) => id === selectedId);
  if (gone === undefined) return undefined;
  const shared = ({ inS, outS }: Clip): number => Math.min(outS, gone.outS) - Math.max(inS, gone.inS);
  return after.clips.toSorted((a, b) => shared(b) - shared(a)).find((clip) => shared(clip) > 0);
}

const bestPart = (clip: Clip): string | null =>
  clip.parts.toSorted((a, b) => b.points - a.points).find((part) => part.because.length > 0)?.name ?? null;

export const selectedClip = ({ detail, selectedId }: EpisodeState): Clip | undefined =>
  detail?.clips.find(({ id }) => id === selectedId);
export const selectedCloseUp = ({ closeUps, selectedId }: EpisodeState): CloseUp | undefined =>
  selectedId === null ? undefined : closeUps[selectedId];
