import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { bundleViewer } from './scripts/bundleViewerPlugin.ts'
import { launchOptions } from './scripts/launchOptions.ts'
import { probe } from './scripts/probePlugin.ts'

const WORKER_NAME = 'mockServiceWorker.js'
const workerFile = fileURLToPath(new URL(`./node_modules/msw/lib/${WORKER_NAME}`, import.meta.url))

/** Serves MSW's service worker from its package and copies it beside a build: it is never committed. */
function mockServiceWorker(): Plugin {
  let outDir = 'dist'
  return {
    name: 'mock-service-worker',
    configResolved: (config) => {
      outDir = config.build.outDir
    },
    configureServer: (server) => {
      server.middlewares.use(`/${WORKER_NAME}`, (_request, response) => {
        response.setHeader('Content-Type', 'text/javascript')
        response.end(readFileSync(workerFile))
      })
    },
    writeBundle: () => {
      mkdirSync(outDir, { recursive: true })
      copyFileSync(workerFile, `${outDir}/${WORKER_NAME}`)
    },
  }
}

export default defineConfig({
  plugins: [react(), mockServiceWorker(), bundleViewer(), probe()],
  build: { target: 'es2023', sourcemap: false, manifest: true },
  worker: { format: 'es' },
  // A package that Vite finds while tests run makes it reload the page under a test, or leave two
  // copies of React in it.
  optimizeDeps: {
    include: [
      '@mantine/core',
      '@tanstack/query-core',
      '@tanstack/react-query',
      '@tanstack/react-router',
      '@tanstack/react-virtual',
      'fast-check',
      'idb',
      'msw',
      'msw/browser',
      'react',
      'react-dom',
      'react-dom/client',
      'react/jsx-dev-runtime',
      'react/jsx-runtime',
      'recharts',
      'vitest-browser-react',
      'zod/mini',
      'zustand',
      'zustand/middleware',
    ],
  },
  server: { host: '127.0.0.1', port: 5173 },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          // A process per file takes as long again as the tests themselves. Files leave nothing
          // behind that another could meet: they pass in any order (`--sequence.shuffle.files`).
          isolate: false,
          // What is worked out in seconds here takes several times as long on a busy machine; no test waits.
          testTimeout: 30_000,
          include: ['{src,mocks,scripts}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.browser.test.*', '**/node_modules/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['src/**/*.browser.test.{ts,tsx}'],
          // A second, the default, is less than a busy machine takes to draw a screen anew.
          expect: { poll: { timeout: 10_000 } },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            viewport: { width: 1440, height: 900 },
            provider: playwright({ launchOptions }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
})
