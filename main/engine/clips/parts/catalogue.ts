import type { Feature, Part, PartName } from './part.ts';
import { delivery } from './delivery.ts';
import { hook } from './hook.ts';
import { humour } from './humour.ts';
import { insight } from './insight.ts';
import { landing } from './landing.ts';
import { pace } from './pace.ts';
import { penalties } from './penalties.ts';
import { placement } from './placement.ts';
import { quotability } from './quotability.ts';
import { shape } from './shape.ts';
import { stakes } from './stakes.ts';
import { standsAlone } from './standsAlone.ts';
import { story } from './story.ts';
import { theme } from './theme.ts';

export const PARTS = {
  hook,
  standsAlone,
  landing,
  shape,
  theme,
  insight,
  stakes,
  story,
  humour,
  quotability,
  delivery,
  pace,
  placement,
  penalties,
} as const satisfies Readonly<Record<PartName, Part>>;

type FeaturesOf<P> = P extends { readonly features: infer F } ? keyof F & string : never;
/** The name of anything that can be noticed about a clip; the weights carry one entry for each. */
export type FeatureName = { [N in PartName]: FeaturesOf<(typeof PARTS)[N]> }[PartName];

export interface NamedFeature extends Feature {
  readonly name: FeatureName;
  readonly part: PartName;
}

/** Every feature of every part, in the order of the receipt; its place in this list is its number elsewhere. */
export const FEATURES: readonly NamedFeature[] = (
  Object.entries(PARTS) as [PartName, Part<FeatureName>][]
).flatMap(([part, { features }]) =>
  (Object.entries(features) as [FeatureName, Feature][]).map(([name, feature]) => ({
    ...feature,
    name,
    part,
  })),
);

const numbers = new Map(FEATURES.map((feature, index) => [feature.name, index]));
export const featureNumber = (name: FeatureName): number => numbers.get(name) ?? -1;
