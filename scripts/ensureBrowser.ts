import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const KNOWN_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The Chromium that tests drive: `CHROMIUM_PATH`, else the system's, else undefined (Playwright's own). */
export const chromiumPath = () =>
  [process.env['CHROMIUM_PATH'], ...KNOWN_PATHS].find(
    (path) => path !== undefined && existsSync(path),
  )

/** Sees to it that a browser is there, installing one where none is. False when that failed. */
export function ensureBrowser(): boolean {
  if (chromiumPath()) return true
  if (existsSync('/usr/bin/apt-get')) {
    const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n']
    const isInstalled =
      run(...asRoot, 'apt-get', 'update', '-qq') &&
      run(...asRoot, 'apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium')
    if (isInstalled && chromiumPath()) return true
  }
  return run('npx', 'playwright', 'install', 'chromium')
}

function run(...words: string[]): boolean {
  const [command = '', ...rest] = words
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync(command, rest, { stdio: 'inherit', env }).status === 0
}
