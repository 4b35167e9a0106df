import { defineConfig } from 'vite'

/**
 * The `tidemark` command for Node, of what its sources and their dependencies use alone: it starts at
 * once and holds less than the sources under a loader. `dist` is found two folders up, as from `src/cli`.
 */
export default defineConfig({
  publicDir: false,
  // Nothing stays outside: half of each package is never used, and would be held all the same.
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: 'src/cli/main.ts',
    outDir: 'build/cli',
    target: 'node20',
    sourcemap: false,
    minify: false,
    rolldownOptions: {
      output: { entryFileNames: 'tidemark.js', chunkFileNames: '[name]-[hash].js' },
    },
  },
})
