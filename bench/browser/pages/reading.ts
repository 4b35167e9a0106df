import { importFile } from '#sources/imports/importFile.ts'
import type { JtlSums } from '../../jtl/jtlFile.ts'
import type { WayOfReading } from './reading.worker.ts'

/** One reading of the chosen file, its worker's start included. */
export type ReadingTime = {
  ms: number
  sums: Partial<JtlSums>
  /** The longest the main thread could not be reached meanwhile. */
  longestGapMs: number
}

const chosenFile = () => document.querySelector('input')!.files![0]!

/** Runs a task and watches how regularly the main thread still gets its turn. */
async function timed(task: () => Promise<Partial<JtlSums>>): Promise<ReadingTime> {
  const EVERY_MS = 4
  let last = performance.now()
  let longestGapMs = 0
  const watch = setInterval(() => {
    const now = performance.now()
    longestGapMs = Math.max(longestGapMs, now - last)
    last = now
  }, EVERY_MS)
  const start = performance.now()
  const sums = await task()
  const ms = performance.now() - start
  longestGapMs = Math.max(longestGapMs, performance.now() - last)
  clearInterval(watch)
  return { ms, sums, longestGapMs }
}

async function imported(): Promise<Partial<JtlSums>> {
  const { summary } = await importFile(chosenFile(), { name: 'file' })
  const errors = Object.values(summary.classes!).reduce((sum, count) => sum + count, 0)
  return { rows: summary.samples, errors }
}

/** On the main thread, since a worker has no DOM. */
async function parsedAsDocument(): Promise<Partial<JtlSums>> {
  const samples = new DOMParser().parseFromString(await chosenFile().text(), 'text/xml')
  const all = samples.querySelectorAll('httpSample')
  return { rows: all.length, errors: samples.querySelectorAll('httpSample[s=false]').length }
}

function inWorker(way: WayOfReading): Promise<Partial<JtlSums>> {
  const worker = new Worker(new URL('./reading.worker.ts', import.meta.url), { type: 'module' })
  return new Promise<Partial<JtlSums>>((done, failed) => {
    worker.onmessage = ({ data }: MessageEvent<Partial<JtlSums>>) => done(data)
    worker.onerror = ({ message }) => failed(new Error(message))
    worker.postMessage({ file: chosenFile(), way })
  }).finally(() => worker.terminate())
}

/** How long it takes until an import that is called off half-way has ended, ms. */
async function cancelled(): Promise<number> {
  const stop = new AbortController()
  const file = chosenFile()
  let calledOffAt = 0
  try {
    await importFile(file, {
      name: 'file',
      signal: stop.signal,
      onProgress: ({ bytes }) => {
        if (bytes < file.size / 2 || stop.signal.aborted) return
        calledOffAt = performance.now()
        stop.abort()
      },
    })
  } catch (error) {
    if (!stop.signal.aborted) throw error
    return performance.now() - calledOffAt
  }
  throw new Error('the import was over before it could be called off')
}

window.bench = {
  import: () => timed(imported),
  scan: () => timed(() => inWorker('scan')),
  read: () => timed(() => inWorker('read')),
  papa: () => timed(() => inWorker('papa')),
  json: () => timed(() => inWorker('json')),
  sax: () => timed(() => inWorker('sax')),
  dom: () => timed(parsedAsDocument),
  cancelled,
}
