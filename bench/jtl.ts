/**
 * What reading a JMeter file costs, against PapaParse reading the same file in the same run: in Node, and in a worker of Chromium. Run alone with
 * `npx tsx bench/jtl.ts`.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import { benchJtlInChromium } from './jtl/inChromium.ts'
import { benchJtlInNode } from './jtl/inNode.ts'
import { writeJtl } from './jtl/jtlFile.ts'

const ROWS = 1_000_000

/** In Node first, then in Chromium, over one file that is thrown away. */
export async function benchJtl() {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'))
  try {
    const path = join(folder, 'run.jtl')
    const sums = writeJtl(path, ROWS)
    const megabytes = statSync(path).size / 1e6
    await benchJtlInNode(path, sums, megabytes)
    await benchJtlInChromium(path, sums, megabytes)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (isMainThread && process.argv[1] === fileURLToPath(import.meta.url)) await benchJtl()
