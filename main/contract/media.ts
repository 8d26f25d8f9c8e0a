import { z } from 'zod';

/** What a window may play or show: by id, never by path. */
export const MediaKind = z.enum(['episode', 'export', 'cover']);
export type MediaKind = z.infer<typeof MediaKind>;

/** Where a shell serves it, below the shell's own origin. */
export const mediaPath = (kind: MediaKind, id: string): string => `/media/${kind}/${encodeURIComponent(id)}`;
