import { PRESETS, type PresetId } from '../../main/domain/preset.ts';
import { PLATFORMS, deskStrings } from '../deskStrings.ts';

/** "A, B and C". */
const together = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;

/** The platforms that take a clip of these presets, by name. */
export const platformsOf = (presets: readonly PresetId[]): string =>
  PLATFORMS.filter((platform) => platform.presets.some((id) => presets.includes(id)))
    .map(({ name }) => name)
    .join(', ');

/** Names the platforms that take a clip of these presets, and those that would refuse it. */
export function fitsIn(presets: readonly PresetId[]): string {
  const takes = PLATFORMS.filter((platform) => platform.presets.some((id) => presets.includes(id)));
  const refuses = PLATFORMS.filter((platform) => !takes.includes(platform));
  const { fits, leaves } = deskStrings.ladder;
  const names = (list: typeof takes): string => together(list.map(({ name }) => name));
  return refuses.length === 0 ? fits(names(takes)) : `${fits(names(takes))} ${leaves(names(refuses))}`;
}

/** The presets of video platforms that take a length. */
export const presetsFor = (durationS: number): PresetId[] =>
  PLATFORMS.flatMap(({ presets }) => presets).filter((id) => {
    const preset = PRESETS[id];
    return preset.kind === 'audio' || durationS <= preset.hardLongestS;
  });
