import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The window. The policy of every shell forbids data: addresses and inline code, so that nothing is inlined. */
export default defineConfig({
  root: 'renderer',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'chrome120',
    // The page comes from this machine, so one chunk is as good as several.
    chunkSizeWarningLimit: 1500,
    sourcemap: true,
  },
});
