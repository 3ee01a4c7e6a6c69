// How the desk's pages are built into dist/web. React's JSX is Vite's own work (oxc, automatic runtime): no plugin is needed.
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: '/desk/',
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // Read by scripts/web.mjs, which counts what the first load takes.
    manifest: true,
    // The page's policy allows files of its own address alone.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    // One entry on purpose; its real size is counted by scripts/web.mjs.
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      // Packages mark their files for servers that draw React; there is none here.
      onLog(level, log, handle) {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log);
      },
    },
  },
});
