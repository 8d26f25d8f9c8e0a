import { defineConfig } from 'vitest/config';

/** Migrations are imported as text, as esbuild does it for the bundle. */
const sqlAsText = {
  name: 'sql-as-text',
  transform(code: string, id: string) {
    return id.endsWith('.sql') ? { code: `export default ${JSON.stringify(code)};`, map: null } : null;
  },
};

export default defineConfig({
  plugins: [sqlAsText],
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts', 'test/migrations/**/*.test.ts'],
          // Far more than any of them takes: a busy machine fails no test.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'scenarios',
          include: ['test/scenarios/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // Real ffmpeg takes both cores while it encodes; a second file fills the times in which it does not.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'crash',
          include: ['test/crash/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          // Each file kills processes at moments that are measured; files run one after the other.
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'hosts',
          globalSetup: ['test/support/buildFirst.mjs'],
          include: ['test/hosts/**/*.test.ts', 'test/packaging/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
