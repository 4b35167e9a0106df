import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { scriptBesideApp } from './scriptBesideApp.ts'

/** Where the app finds the code that goes into a bundle. */
const FILE_NAME = 'bundle-viewer.js'
const entry = fileURLToPath(new URL('../src/sources/exports/bundle/viewer.ts', import.meta.url))
const root = fileURLToPath(new URL('..', import.meta.url))

/** Everything that a bundle needs to check and show itself, as one script without modules. */
export async function builtViewer(): Promise<string> {
  const built = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2023',
      minify: true,
      modulePreload: false,
      rolldownOptions: { input: entry, output: { format: 'iife', name: 'tidemarkBundle' } },
    },
  })
  const outputs = [built].flat().flatMap((one) => ('output' in one ? one.output : []))
  const scripts = outputs.flatMap((one) => (one.type === 'chunk' ? [one.code] : []))
  const [code] = scripts
  if (code === undefined || scripts.length > 1 || outputs.length > 1)
    throw new Error(
      `the viewer of a bundle was built to ${outputs.length} files, not to one script`,
    )
  return asciiText(code)
}

/**
 * A bundle is held to its hash, whatever encoding a mail or an editor gives it. Beyond ASCII there are only
 * strings and patterns in our code, where an escape means the same.
 */
const asciiText = (code: string) =>
  code.replace(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** The viewer of bundles beside the app. */
export const bundleViewer = () => scriptBesideApp('bundle-viewer', FILE_NAME, builtViewer)
