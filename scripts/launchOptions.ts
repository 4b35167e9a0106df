import { chromiumPath } from './ensureBrowser.ts'

const executablePath = chromiumPath()

/** How every test starts Chromium: the one that is there, and silent towards the world outside. */
export const launchOptions = {
  ...(executablePath ? { executablePath } : {}),
  args: [
    '--no-sandbox',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-dev-shm-usage',
    '--no-first-run',
    '--disable-sync',
  ],
}
