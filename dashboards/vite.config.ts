// Builds the console into dist/, which the API serves under `/`. No inline script, style or data
// URI may come out of it: the console runs under a strict content security policy.
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'src/console',
  publicDir: 'public',
  plugins: [react()],
  resolve: {
    conditions: ['retour-source', 'module', 'browser', 'development|production'],
    // @grafana/data brings a time zone database of its own; the console writes times through Intl.
    alias: [{ find: /^moment-timezone$/, replacement: 'moment-timezone/moment-timezone.js' }],
  },
  build: {
    outDir: '../../dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
  },
});
