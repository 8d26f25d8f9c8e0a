import { existsSync } from 'node:fs';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { findTools } from '../../main/engine/media/tools.ts';
import { chooseEncoder } from '../../main/engine/renders/chooseEncoder.ts';
import { renderStage, voiceLike } from '../support/renderStage.ts';

const { ffmpeg } = await findTools();
const { stdout: listed } = await execa(ffmpeg, ['-hide_banner', '-encoders']);
const inNameOnly = ['h264_nvenc', 'h264_qsv'].filter((name) => listed.includes(` ${name} `));

test.skipIf(inNameOnly.length === 0 || existsSync('/dev/dri') || existsSync('/dev/nvidia0'))(
  'hardware encoders that are there in name only are turned down, each with its reason (skipped where there is hardware)',
  async () => {
    using stage = await renderStage();
    const { encoder, reasons } = await chooseEncoder(stage.tools, { cwd: stage.folder.path });
    expect(encoder).toBe('libx264');
    expect(reasons).toEqual(inNameOnly.map((name) => `${name}: it does not work on this machine`));
  },
);

test('an export whose hardware encoder breaks down is made by x264, and says so', async () => {
  using stage = await renderStage({ PATH: '' });
  const source = await stage.generate('talk.mp3', [...voiceLike(4), '-b:a', '96k']);
  const recipe = {
    preset: 'square',
    layout: 'audiogram',
    captionStyle: 'none',
    encoder: 'h264_amf',
  } as const;
  const made = await stage.render(source, [0.5, 2.5], recipe);
  expect(made.proof.passed).toBe(true);
  expect(made.warnings).toEqual(['h264_amf failed here, so x264 made this file.']);
});
