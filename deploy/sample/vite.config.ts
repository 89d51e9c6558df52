// Builds the sample page into dist/sample/page, which is served under /sample/. It loads the built
// SDK, as a publisher's page would: build @retour/player-sdk first.
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'sample/page',
  base: '/sample/',
  publicDir: false,
  build: {
    outDir: '../../dist/sample/page',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700, // hls.js
  },
});
