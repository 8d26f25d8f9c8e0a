import { chmod, readFile, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findTools } from '../../main/engine/media/tools.ts';
import { plainLine } from '../../main/engine/renders/text/drawable.ts';
import { temporaryFolder } from '../support/folder.ts';
import { HOSTILE } from '../support/hostileStrings.ts';
import { probeFile } from '../support/measure.ts';
import { renderStage, sentence, voiceLike } from '../support/renderStage.ts';

const STRACE = '/usr/bin/strace';
const EXPORTS = 3;
/** What any program opens to start, beside what the export was given. */
const SYSTEM = /^\/(usr|lib|lib64|etc|proc|sys|dev|run)\//u;

/** An ffmpeg that writes down every file that it opens. */
async function watchedFfmpeg(folder: string): Promise<{ path: string; log: string }> {
  const { ffmpeg, ffprobe } = await findTools();
  await symlink(ffprobe, `${folder}/ffprobe`);
  const [path, log] = [`${folder}/ffmpeg`, `${folder}/opened`];
  const watch = `${STRACE} -f --seccomp-bpf -qq -A -e trace=open,openat,connect -o '${log}' '${ffmpeg}' "$@"`;
  await writeFile(path, `#!/bin/sh\nexec ${watch}\n`);
  await chmod(path, 0o755);
  return { path, log };
}

test.skipIf(!existsSync(STRACE))(
  '60 hostile strings as titles, shows, speakers and captions change neither frame nor files (skipped without strace)',
  async () => {
    using place = temporaryFolder();
    const { path, log } = await watchedFfmpeg(place.path);
    using stage = await renderStage({ ...process.env, FFMPEG_PATH: path });
    const source = await stage.generate('talk.mp3', [...voiceLike(24), '-b:a', '96k']);
    await writeFile(stage.folder.file('secret.mp4'), 'secret');
    for (let part = 0; part < EXPORTS; part += 1) {
      const texts = HOSTILE.filter((_, index) => index % EXPORTS === part);
      const segments = texts.map((text, index) => ({
        ...sentence('A word', index * 1.1, 0.3),
        speaker: text,
        words: [{ text, fromS: index * 1.1, toS: index * 1.1 + 1, confidence: null }],
      }));
      const title = texts.map((text) => text.slice(0, 60)).join(' ');
      const made = await stage.render(
        source,
        [0, 23],
        {
          preset: 'square',
          layout: 'audiogram',
          captionStyle: part === 0 ? 'calm' : 'karaoke',
          title,
          showName: texts[part] ?? '',
          episode: { title, date: texts[part + 1] ?? '' },
        },
        { segments },
      );
      expect(made.proof.checks.filter(({ passed }) => !passed)).toEqual([]);
      const drawn = (made.captionsText ?? '').replaceAll(/\s/gu, '');
      const short = texts
        .filter((text) => text.length < 100)
        .map((text) => plainLine(text).replaceAll(' ', ''));
      expect(short.filter((text) => !drawn.includes(text))).toEqual([]);
      expect((await probeFile(made.path)).video).toMatchObject({ width: 1080, height: 1080 });
    }
    const opened = [
      ...(await readFile(log, 'utf8')).matchAll(/open(?:at)?\((?:AT_FDCWD, )?"([^"]*)".* = \d+/gu),
    ];
    const outside = opened.flatMap(([, file = '']) =>
      SYSTEM.test(file) || file.startsWith(place.path) || file.startsWith(stage.folder.path) ? [] : [file],
    );
    const ownNames = outside.filter((file) => !/^(captions|card|backdrop)\.ass$|^fonts(\/|$)/u.test(file));
    expect(opened.length).toBeGreaterThan(100);
    expect(opened.filter(([, file = '']) => /secret|passwd/u.test(file))).toEqual([]);
    expect([...new Set(ownNames)]).toEqual([]);
    expect(await readFile(log, 'utf8')).not.toMatch(/connect\(.*AF_INET/u);
  },
);
