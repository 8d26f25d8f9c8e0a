import { expect, test } from 'vitest';
import type { Episode } from '../../main/domain/episode.ts';
import type { Job } from '../../main/domain/job.ts';
import type { Segment } from '../../main/domain/transcript.ts';
import { layOutApp, startElectronDouble } from '../support/electronDouble/start.ts';
import { temporaryFolder } from '../support/folder.ts';
import { plainWord, toneModel, writeTones } from '../support/tones.ts';

const valueOf = (reply: unknown): unknown => (reply as { value: unknown }).value;

test('the desktop shell hears words in a utility process, from the bundles that ship', async () => {
  using folder = temporaryFolder();
  layOutApp(folder.file('app'));
  await using app = await startElectronDouble({ appDir: folder.file('app'), home: folder.file('library') });
  expect(await app.call('models.import', { path: toneModel })).toMatchObject({ ok: true });
  expect(app.did('utilityProcess')).toContain('Soundbite recogniser');

  const recording = folder.file('tones.wav');
  const said = writeTones(recording, { durationS: 40, seed: 9 });
  const { jobs } = valueOf(await app.call('episodes.import', { paths: [recording] })) as { jobs: Job[] };
  await app.call('jobs.settled', { jobIds: jobs.map(({ id }) => id) });
  const [episode] = valueOf(await app.call('episodes.list', {})) as Episode[];
  const episodeId = episode?.id ?? '';
  const { job } = valueOf(await app.call('recognition.current', { episodeId })) as { job: Job | null };
  if (job !== null) await app.call('jobs.settled', { jobIds: [job.id] });
  const range = { fromS: 0, toS: 60 };
  const { segments } = valueOf(await app.call('episodes.words', { episodeId, range })) as {
    segments: Segment[];
  };
  const words = segments.flatMap((segment) => segment.words);
  expect(words.map(({ text }) => plainWord(text))).toEqual(said.map(({ text }) => text));
});
