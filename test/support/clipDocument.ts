import { z } from 'zod';

/** The JSON that the command line promises, written down here once more so that a change of the product is noticed. */
const Evidence = z.strictObject({
  text: z.string().min(1),
  fromS: z.number().min(0),
  toS: z.number(),
  points: z.number(),
});

const Part = z.strictObject({
  name: z.string().min(1),
  points: z.number(),
  max: z.number(),
  because: z.array(Evidence),
  /** Why the part had nothing to go on. */
  silent: z.string().min(1).optional(),
  /** What the show's feedback multiplied the points by. */
  learned: z.number().min(0.8).max(1.2).optional(),
});

const Clip = z.looseObject({
  inS: z.number().min(0),
  outS: z.number(),
  durationS: z.number().positive(),
  score: z.number().min(0).max(100),
  confidence: z.enum(['low', 'medium', 'high']),
  foundBy: z.enum(['words', 'ear', 'mark', 'coldOpen']),
  parts: z.array(Part).min(1),
  title: z.string().min(1),
  titles: z.array(z.strictObject({ text: z.string().min(1), fromS: z.number(), toS: z.number() })).max(3),
  text: z.string(),
});
export type ClipInJson = z.infer<typeof Clip>;

const Limit = z.union([z.number(), z.string(), z.boolean(), z.null()]);

export const ExportInJson = z.looseObject({
  preset: z.string(),
  path: z.string().startsWith('/'),
  bytes: z.int().positive(),
  durationS: z.number().positive(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  integratedLufs: z.number(),
  truePeakDbtp: z.number(),
  proof: z.strictObject({
    passed: z.literal(true),
    checks: z
      .array(z.strictObject({ name: z.string(), passed: z.literal(true), value: Limit, limit: Limit }))
      .min(1),
  }),
  warnings: z.array(z.string()),
  companions: z.array(z.strictObject({ kind: z.string(), path: z.string().startsWith('/') })),
});
export type ExportInJson = z.infer<typeof ExportInJson>;

/** Every file that exports leave in their folder, in the order of names. */
export const filesOf = (exports: readonly ExportInJson[]): string[] =>
  exports.flatMap(({ path, companions }) => [path, ...companions.map((file) => file.path)]).sort();

const ExportedClip = Clip.extend({ id: z.string().regex(/^clip-/), exports: z.array(ExportInJson) });
export type ExportedClipInJson = z.infer<typeof ExportedClip>;

/** What `clip --json` prints when everything went well. */
export const ClipDocument = z.strictObject({
  episode: z.looseObject({
    id: z.string().regex(/^ep-/),
    title: z.string().min(1),
    durationS: z.number().positive(),
    hasVideo: z.boolean(),
    hasAudio: z.boolean(),
    state: z.literal('ready'),
    warnings: z.array(z.string()),
  }),
  clips: z.array(ExportedClip).min(1),
});
export type ClipDocument = z.infer<typeof ClipDocument>;

/** What `find --json` prints. */
export const FindDocument = z.strictObject({
  profile: z.enum(['insight', 'humour', 'story']),
  clips: z.array(Clip).min(1),
});

/** What every command prints with --json when it cannot do what was asked. */
export const ErrorDocument = z.strictObject({
  error: z.strictObject({
    code: z.string().regex(/^[A-Z_]+$/),
    title: z.string().min(1),
    hint: z.string().min(1),
    detail: z.string(),
  }),
});
