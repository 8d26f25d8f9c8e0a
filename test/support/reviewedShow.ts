import type { Candidate } from '../../main/domain/clip.ts';
import type { Segment } from '../../main/domain/transcript.ts';
import type { Engine } from '../../main/engine/createEngine.ts';
import { newShow } from '../../main/domain/show.ts';
import { speak } from './speak.ts';

/** What each clip of the episode says; the first is worth most. */
const TOPICS: readonly (readonly string[])[] = [
  ['The fuse costs 40 cents and sits in the plug.', 'Everybody looks at the bulb first.'],
  ['A toaster wants crumbs taken out of it.', 'That alone brings back half of those we see.'],
  ['The radio was full of sand from a beach.', 'We never asked which beach it was.'],
  ['My aunt mends socks while the kettle boils.', 'She counts the holes and laughs.'],
  ['The drill came back twice with the same cable.', 'Now the cable is painted red.'],
];

const GAP_S = 30;

/** The words of the episode, with a further sentence at the end of a clip where one is given. */
const spokenTopics = (added: Readonly<Record<number, string>>): Segment[][] =>
  TOPICS.map((sentences, at) => {
    const further = added[at];
    return speak([...sentences, ...(further === undefined ? [] : [further])], at * GAP_S);
  });

function candidateOf(segments: readonly Segment[], at: number): Candidate {
  const inS = segments[0]?.fromS ?? 0;
  const outS = segments.at(-1)?.toS ?? 0;
  const score = 60 - 2 * at;
  return {
    inS,
    outS,
    durationS: outS - inS,
    score,
    confidence: 'medium',
    foundBy: 'words',
    reason: 'A point.',
    parts: [{ name: 'insight', points: score, max: 100, because: [] }],
    title: `Topic ${at + 1}`,
    titles: [],
    text: segments.map(({ text }) => text).join(' '),
    speakers: [],
    scorerVersion: 'words-test',
  };
}

/** Puts an episode with five clips into a library; answers the ids of the clips, best first. */
export async function giveEpisode(
  engine: Engine,
  id: string,
  added: Readonly<Record<number, string>> = {},
): Promise<string[]> {
  const topics = spokenTopics(added);
  const show = engine.shows.findByName('Still Works') ?? newShow('show-still-works', 'Still Works');
  await engine.library.write(() => {
    if (engine.shows.get(show.id) === undefined) engine.shows.add(show);
    engine.episodes.addOrRelink({
      id,
      showId: show.id,
      title: `Episode ${id}`,
      path: `/recordings/${id}.mp3`,
      fingerprint: id,
      modifiedAtMs: 0,
      facts: {
        format: 'mp3',
        durationS: 600,
        sizeBytes: 1000,
        audio: [{ index: 0, codec: 'mp3', sampleRateHz: 44_100, channels: 2, channelLayout: 'stereo' }],
        video: null,
        coverIndex: null,
        subtitleIndexes: [],
        tags: {},
        warnings: [],
      },
      importedAtMs: 0,
    });
    engine.segments.replace(id, topics.flat());
    engine.episodes.setState(id, 'ready');
    engine.clips.replaceCandidates(id, topics.map(candidateOf), 0);
  });
  return engine.clips.list(id).map((clip) => clip.id);
}
