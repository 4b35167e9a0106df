import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** Builds the command as operators do, into this folder, and gives the file that `node` runs. Takes about a second. */
export function builtCommand(folder: string): string {
  const { status, stdout, stderr } = spawnSync(
    join('node_modules', '.bin', 'vite'),
    ['build', '--config', 'vite.cli.config.ts', '--outDir', folder, '--emptyOutDir'],
    // A test's own environment is no operator's.
    { encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } },
  )
  if (status !== 0) throw new Error(`the command could not be built: ${stdout}${stderr}`)
  return join(folder, 'tidemark.js')
}
