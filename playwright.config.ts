import { defineConfig } from '@playwright/test'
import { launchOptions } from './scripts/launchOptions.ts'

const MEASURED = 'realWire.spec.ts'

export default defineConfig({
  testDir: 'e2e',
  // Three at a time on two cores: what takes seconds alone takes several times as long at times.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  // Most of a journey is waiting. One that measures seconds runs when nothing else does.
  workers: 3,
  projects: [
    { name: 'journeys', testIgnore: MEASURED },
    { name: 'wire', testMatch: MEASURED, workers: 1 },
  ],
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: 'reports/e2e.json' }]],
  // Served as users get it: the built app, with its headers, by the product's own command.
  webServer: {
    command: 'node_modules/.bin/tsx src/cli/main.ts serve --port 4181',
    url: 'http://127.0.0.1:4181/',
    reuseExistingServer: false,
  },
  use: {
    baseURL: 'http://127.0.0.1:4181',
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions,
  },
})
