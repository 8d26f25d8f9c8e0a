import type { Clip, Rung } from '../../main/domain/clip.ts';
import type { Fix } from '../../main/domain/fix.ts';
import type { Mark } from '../../main/domain/mark.ts';
import type { MarkedOffLimits } from '../../main/domain/offLimits.ts';
import type { EpisodeProfile, ScoreProfile } from '../../main/domain/show.ts';
import { formatClock, type TimeRange } from '../../main/domain/time.ts';
import type { Client } from '../client/client.ts';
import { signed, wholeLength } from '../selectors/numbers.ts';
import { strings } from '../strings.ts';
import type { Decision, EpisodeStore } from './episode.ts';
import type { UndoStore } from './undo.ts';

/** What a person does to the clips of an episode; everything can be taken back. */
export interface DeskActs {
  readonly applyFix: (clip: Clip, fix: Fix) => Promise<void>;
  readonly takeRung: (clip: Clip, rung: Rung) => Promise<void>;
  readonly setTitle: (clip: Clip, title: string) => Promise<void>;
  readonly decide: (clip: Clip, decision: Decision) => Promise<void>;
  readonly mark: (episodeId: string, atS: number, toS?: number) => Promise<void>;
  /** Adds the marks of a text: typed lines, or what another program wrote. */
  readonly addMarks: (episodeId: string, text: string) => Promise<void>;
  readonly removeMark: (mark: Mark) => Promise<void>;
  readonly overrule: (episodeId: string, range: MarkedOffLimits) => Promise<void>;
  readonly keepOffRecord: (episodeId: string, range: TimeRange, reason: string) => Promise<void>;
  readonly putBackOnRecord: (episodeId: string, range: MarkedOffLimits) => Promise<void>;
  readonly chooseProfile: (
    episodeId: string,
    before: EpisodeProfile,
    profile: ScoreProfile | null,
  ) => Promise<void>;
  readonly useProfileForShow: (episodeId: string, before: EpisodeProfile) => Promise<void>;
  /** Makes a clip of a moment and takes it in hand. */
  readonly clipFrom: (episodeId: string, range: TimeRange) => Promise<void>;
}

interface Needs {
  readonly client: Client;
  readonly episode: EpisodeStore;
  readonly undo: UndoStore;
}

const DECISION_OF: Readonly<Partial<Record<Clip['state'], Decision>>> = { kept: 'keep', rejected: 'reject' };

export function createDeskActs({ client, episode, undo }: Needs): DeskActs {
  const { did } = strings.desk;
  const perform = (
    label: string,
    redo: () => Promise<unknown>,
    back: () => Promise<unknown>,
  ): Promise<void> => {
    const thenLook = (act: () => Promise<unknown>) => async (): Promise<void> => {
      await act();
      await episode.getState().reload();
    };
    return undo.getState().perform({ label, redo: thenLook(redo), undo: thenLook(back) });
  };
  const cut = (label: string, { id: clipId }: Clip, inS: number, outS: number): Promise<void> =>
    perform(
      label,
      () => client.call('clips.trim', { clipId, inS, outS }),
      () => client.call('clips.undo', { clipId }),
    );
  const withMarks = (label: string, add: () => Promise<readonly Mark[]>): Promise<void> => {
    let markIds: number[] = [];
    return perform(
      label,
      async () => {
        markIds = (await add()).map(({ id }) => id);
      },
      async () => markIds.length > 0 && client.call('marks.remove', { markIds }),
    );
  };
  return {
    applyFix: (clip, { inS, outS, worth }) => cut(did.fix(signed(worth)), clip, inS, outS),
    takeRung: (clip, { outS, durationS }) => cut(did.rung(wholeLength(durationS)), clip, clip.inS, outS),
    setTitle: ({ id: clipId, title: before }, title) =>
      perform(
        did.title,
        () => client.call('clips.setTitle', { clipId, title }),
        () => client.call('clips.setTitle', { clipId, title: before }),
      ),
    decide: ({ id: clipId, state }, decision) =>
      perform(
        did[decision],
        () => client.call('clips.decide', { clipId, decision }),
        () =>
          decision === 'undecide'
            ? client.call('clips.decide', { clipId, decision: DECISION_OF[state] ?? 'undecide' })
            : client.call('feedback.undo', { clipId }),
      ),
    mark: (episodeId, atS, toS) =>
      withMarks(did.mark(formatClock(atS)), async () => [
        await client.call('marks.add', { episodeId, atS, ...(toS === undefined ? {} : { toS }) }),
      ]),
    addMarks: (episodeId, text) => {
      const known = new Set(episode.getState().detail?.marks.map(({ id }) => id));
      return withMarks(did.marks, async () => {
        const { marks } = await client.call('marks.import', { episodeId, text });
        return marks.filter(({ id }) => !known.has(id));
      });
    },
    removeMark: ({ id, episodeId, atS, toS, note }) => {
      let markIds = [id];
      return perform(
        did.unmark(formatClock(atS)),
        () => client.call('marks.remove', { markIds }),
        async () => {
          const back = { episodeId, atS, note, ...(toS === null ? {} : { toS }) };
          markIds = [(await client.call('marks.add', back)).id];
        },
      );
    },
    overrule: (episodeId, { id, isOverruled }) =>
      perform(
        isOverruled ? did.forbid : did.allow,
        () => client.call('offLimits.overrule', { episodeId, id, isOverruled: !isOverruled }),
        () => client.call('offLimits.overrule', { episodeId, id, isOverruled }),
      ),
    keepOffRecord: (episodeId, range, reason) => {
      let known: number | undefined;
      return perform(
        did.offRecord(formatClock(range.fromS), formatClock(range.toS)),
        async () => {
          const before = await client.call('offLimits.list', { episodeId });
          const because = reason.trim() === '' ? {} : { reason: reason.trim() };
          const after = await client.call('offLimits.add', { episodeId, range, ...because });
          known = after.find(({ id }) => before.every((other) => other.id !== id))?.id;
        },
        async () => known !== undefined && client.call('offLimits.remove', { episodeId, id: known }),
      );
    },
    putBackOnRecord: (episodeId, { id, fromS, toS, reason }) => {
      let known = id;
      return perform(
        did.onRecord,
        () => client.call('offLimits.remove', { episodeId, id: known }),
        async () => {
          const marks = await client.call('offLimits.add', { episodeId, range: { fromS, toS }, reason });
          known = Math.max(...marks.filter(({ kind }) => kind === 'off-record').map((mark) => mark.id));
        },
      );
    },
    chooseProfile: (episodeId, before, profile) =>
      perform(
        did.profile(strings.desk.profile.names[profile ?? before.ofShow]),
        () => client.call('profile.choose', { episodeId, profile }),
        () => client.call('profile.choose', { episodeId, profile: before.ofEpisode }),
      ),
    useProfileForShow: (episodeId, { inForce, ofShow, ofEpisode }) =>
      perform(
        did.profile(strings.desk.profile.names[inForce]),
        () => client.call('profile.chooseForShow', { episodeId, profile: inForce }),
        async () => {
          await client.call('profile.chooseForShow', { episodeId, profile: ofShow });
          await client.call('profile.choose', { episodeId, profile: ofEpisode });
        },
      ),
    clipFrom: async (episodeId, range) => {
      const known = new Set(episode.getState().detail?.clips.map(({ id }) => id));
      let clipId: string | undefined;
      await perform(
        did.clip,
        async () => {
          clipId = (await client.call('clips.fromRange', { episodeId, range })).id;
        },
        async () => {
          if (clipId === undefined) return;
          if (known.has(clipId)) await client.call('clips.decide', { clipId, decision: 'undecide' });
          else await client.call('clips.letGo', { clipId });
        },
      );
      if (clipId !== undefined) episode.getState().select(clipId);
    },
  };
}
