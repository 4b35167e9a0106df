import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { isMainThread, Worker } from 'node:worker_threads'
import type { Random } from '#domain/stats/random.ts'
import type { Task } from './studyWorker.ts'

/** One setting of a study: what is planted, and what came out of one run. */
export type Cell<Result> = {
  name: string
  run: (random: Random) => Result
  /** Left out of the short form. */
  isFullOnly?: boolean
}

/** Runs that differ only by chance. Cells may be added at the end without changing the others. */
export type Study<Result> = { seed: number; cells: readonly Cell<Result>[] }

/** `full`: as many runs as the claims of docs/evidence.md rest on, with plots. Short: a look after a change. */
export type Scale = { isFull: boolean; runs: number }

export const SHORT: Scale = { isFull: false, runs: 100 }
export const FULL: Scale = { isFull: true, runs: 1_000 }

const RUNS_PER_TASK = 25
const MOST_WORKERS = 4

/** A thread does not inherit tsx from its parent (Node 20): it has to ask for it before it can read TypeScript. */
const STARTER = `
  import('tsx/esm/api').then(({ register }) => {
    register()
    return import(${JSON.stringify(new URL('./studyWorker.ts', import.meta.url).href)})
  })`

/**
 * Runs every cell of the `study` that a module exports, on all cores. Results stand in the order of the runs whoever
 * computed them, so two studies of the same seed print the same table.
 */
export async function runStudy<Result>(
  moduleUrl: string,
  { cells }: Study<Result>,
  { runs, isFull }: Scale,
  mostWorkers = Math.min(MOST_WORKERS, availableParallelism()),
): Promise<Map<string, Result[]>> {
  const results = cells.map((): Result[] => [])
  const tasks = cells.flatMap(({ isFullOnly = false }, cell): Task[] => {
    const parts = isFullOnly && !isFull ? 0 : Math.ceil(runs / RUNS_PER_TASK)
    return Array.from({ length: parts }, (_, part) => ({
      moduleUrl,
      cell,
      from: part * RUNS_PER_TASK,
      to: Math.min(runs, (part + 1) * RUNS_PER_TASK),
    }))
  })
  let next = 0
  const work = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(STARTER, { eval: true })
      const ask = () => {
        const task = tasks[next++]
        if (task) return worker.postMessage(task)
        resolve()
        return worker.terminate()
      }
      worker.on('error', reject)
      worker.on('message', ({ task, found }: { task: Task; found: Result[] }) => {
        found.forEach((result, i) => (results[task.cell]![task.from + i] = result))
        void ask()
      })
      void ask()
    })
  const workers = Math.min(mostWorkers, tasks.length)
  await Promise.all(Array.from({ length: workers }, work))
  return new Map(cells.map(({ name }, i) => [name, results[i]!]))
}

/** The seed of one run: no two runs of all studies share one. */
export const seedOf = (study: number, cell: number, run: number) =>
  (study * 1_000 + cell) * 100_000 + run

/** Runs a bench whose file was started by itself: `npx tsx bench/evidence/lag.ts [--full]`. */
export async function runIfStarted(moduleUrl: string, bench: (scale: Scale) => Promise<void>) {
  if (isMainThread && process.argv[1] === fileURLToPath(moduleUrl)) await bench(scaleAsked())
}

export const scaleAsked = () => (process.argv.includes('--full') ? FULL : SHORT)
