import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { scriptBesideApp } from './scriptBesideApp.ts'

/** What the tag in somebody else's page names. */
export const PROBE_FILE = 'tidemark-probe.js'
const entry = fileURLToPath(new URL('../src/probe/main.ts', import.meta.url))
const root = fileURLToPath(new URL('..', import.meta.url))

/** The connection probe as one classic script: it has to run before any script of the page it is in. */
export async function builtProbe(): Promise<string> {
  const built = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    build: {
      write: false,
      // Other people's pages: whatever has WeakRef.
      target: 'es2021',
      minify: true,
      modulePreload: false,
      rolldownOptions: { input: entry, output: { format: 'iife' } },
    },
  })
  const outputs = [built].flat().flatMap((one) => ('output' in one ? one.output : []))
  const [script] = outputs
  if (script?.type !== 'chunk' || outputs.length > 1)
    throw new Error(`the probe was built to ${outputs.length} files, not to one script`)
  return script.code
}

/** The probe beside the app. */
export const probe = () => scriptBesideApp('tidemark-probe', PROBE_FILE, builtProbe)
