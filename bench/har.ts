/**
 * What reading a HAR of 100 MB costs in a worker of Chromium, against `JSON.parse` of its text in a worker
 * in the same run. Run alone with `npx tsx bench/har.ts`.
 */
import { appendFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import { openBenchBrowser } from './browser/benchBrowser.ts'
import { calledOffMs, readingOf } from './browser/readingOf.ts'
import { medianOf } from './measure.ts'
import { report } from './record.ts'

const ENTRIES = 27_000
const ROUNDS = 5
const START_MS = 1_789_642_800_000
const WAYS = { import: 'import', json: 'JSON.parse' } as const
type Way = keyof typeof WAYS

/** What a browser writes of a request whose reply is a page of JSON: 3.7 kB. */
function entryOf(i: number): string {
  const body = JSON.stringify(
    Array.from({ length: 24 }, (_, k) => ({
      id: `${i}-${k}`,
      name: `agent "${k}"`,
      state: 'on queue',
    })),
  )
  const headers = Array.from({ length: 20 }, (_, k) => ({
    name: `x-header-${k}`,
    value: `value ${k * i}`,
  }))
  return JSON.stringify({
    startedDateTime: new Date(START_MS + i * 20).toISOString(),
    time: 20 + (i % 300),
    request: { method: 'GET', url: `https://api.example/api/v2/users/${i}`, headers, cookies: [] },
    response: {
      status: i % 30 === 0 ? 503 : 200,
      statusText: '',
      headers,
      content: { size: body.length, mimeType: 'application/json', text: body },
    },
    timings: { send: 1, wait: 10, receive: 3 },
  })
}

function writeHar(path: string) {
  writeFileSync(path, '{"log":{"version":"1.2","creator":{"name":"bench"},"entries":[')
  for (let i = 0; i < ENTRIES; i += 1_000) {
    const some = Array.from({ length: 1_000 }, (_, k) => entryOf(i + k)).join(',')
    appendFileSync(path, i === 0 ? some : `,${some}`)
  }
  appendFileSync(path, ']}}')
}

export async function benchHar() {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'))
  const browser = await openBenchBrowser()
  try {
    const path = join(folder, 'page.har')
    writeHar(path)
    const runs: Record<Way, { ms: number; grownMb: number; gapMs: number }[]> = {
      import: [],
      json: [],
    }
    const cancelMs: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      for (const way of Object.keys(WAYS) as Way[]) {
        const { ms, sums, longestGapMs, grownBytes } = await readingOf(browser, path, way)
        if (sums.rows !== ENTRIES) throw new Error(`${WAYS[way]} found ${sums.rows} entries`)
        runs[way].push({ ms, grownMb: (grownBytes ?? NaN) / 1e6, gapMs: longestGapMs })
      }
      cancelMs.push(await calledOffMs(browser, path))
    }
    const rowOf = (way: Way) => ({
      ms: medianOf(runs[way].map(({ ms }) => ms)),
      'memory MB': medianOf(runs[way].map(({ grownMb }) => grownMb)),
      'main gap': Math.max(...runs[way].map(({ gapMs }) => gapMs)),
    })
    const own = rowOf('import')
    const whole = rowOf('json')
    report('har', {
      title: `HAR in a worker of Chromium: ${ENTRIES} entries, ${(statSync(path).size / 1e6).toFixed(0)} MB, against JSON.parse`,
      command: 'npx tsx bench/har.ts',
      rows: {
        [WAYS.import]: own,
        [WAYS.json]: whole,
        'called off, at most': { ms: Math.max(...cancelMs) },
      },
      goals: [
        { words: 'time against JSON.parse', value: own.ms / whole.ms, most: 1, unit: '×' },
        {
          words: 'added memory against it',
          value: own['memory MB'] / whole['memory MB'],
          most: 0.5,
          unit: '×',
        },
        { words: 'longest gap on the main thread', value: own['main gap'], most: 50, unit: 'ms' },
        { words: 'called off', value: Math.max(...cancelMs), most: 200, unit: 'ms' },
      ],
    })
  } finally {
    await browser.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

if (isMainThread && process.argv[1] === fileURLToPath(import.meta.url)) await benchHar()
