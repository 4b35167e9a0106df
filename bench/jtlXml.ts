/**
 * What reading a JMeter XML file of 100 MB costs in a worker of Chromium, against a bare pass of saxes over the same bytes in a worker, and
 * against DOMParser, which only the main thread has. Run alone with `npx tsx bench/jtlXml.ts`.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import { openBenchBrowser } from './browser/benchBrowser.ts'
import { calledOffMs, type Reading, readingOf } from './browser/readingOf.ts'
import { sameSums } from './jtl/results.ts'
import { writeJtlXml } from './jtl/xmlFile.ts'
import { medianOf } from './measure.ts'
import { report } from './record.ts'

const SAMPLES = 350_000
const ROUNDS = 5
const WAYS = { import: 'import', sax: 'bare saxes', dom: 'DOMParser' } as const
type Way = keyof typeof WAYS

export async function benchJtlXml() {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'))
  const browser = await openBenchBrowser()
  try {
    const path = join(folder, 'run.jtl')
    const expected = writeJtlXml(path, SAMPLES)
    const megabytes = statSync(path).size / 1e6
    const runs: Record<Way, Reading[]> = { import: [], sax: [], dom: [] }
    const cancelMs: number[] = []
    const read = async (way: Way) => {
      const reading = await readingOf(browser, path, way)
      sameSums(WAYS[way], reading.sums, expected)
      runs[way].push(reading)
    }
    for (let round = 0; round < ROUNDS; round++) {
      for (const way of ['import', 'sax'] as const) await read(way)
      cancelMs.push(await calledOffMs(browser, path))
    }
    // Ten seconds and half a gigabyte: once is enough to see it.
    await read('dom')
    const rowOf = (way: Way) => {
      const grownMb = medianOf(runs[way].map(({ grownBytes }) => grownBytes ?? NaN)) / 1e6
      return {
        ms: medianOf(runs[way].map(({ ms }) => ms)),
        'memory MB': grownMb,
        '/ file': grownMb / megabytes,
        // Of each round the longest: other work of the machine stretches some of them.
        'main gap': medianOf(runs[way].map(({ longestGapMs }) => longestGapMs)),
        'main busy': medianOf(runs[way].map(({ mainMs }) => mainMs)),
      }
    }
    const own = rowOf('import')
    const bare = rowOf('sax')
    const calledOff = Math.max(...cancelMs)
    report('jtlXml', {
      title: `JTL XML in a worker of Chromium: ${SAMPLES} samples, ${megabytes.toFixed(0)} MB, against a bare pass of its parser`,
      command: 'npx tsx bench/jtlXml.ts',
      rows: {
        [WAYS.import]: own,
        [WAYS.sax]: bare,
        [WAYS.dom]: rowOf('dom'),
        'called off, at most': { ms: calledOff },
      },
      goals: [
        { words: 'time against bare saxes', value: own.ms / bare.ms, most: 2, unit: '×' },
        { words: 'memory against the file', value: own['/ file'], most: 1, unit: '×' },
        {
          words: 'longest gap on the main thread, median',
          value: own['main gap'],
          most: 50,
          unit: 'ms',
        },
        { words: 'called off', value: calledOff, most: 200, unit: 'ms' },
      ],
    })
  } finally {
    await browser.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

if (isMainThread && process.argv[1] === fileURLToPath(import.meta.url)) await benchJtlXml()
