/** Runs a part of a cell; see `runStudy`. */
import { parentPort } from 'node:worker_threads'
import { seededRandom } from '#domain/stats/random.ts'
import { type Study, seedOf } from './study.ts'

export type Task = { moduleUrl: string; cell: number; from: number; to: number }

parentPort!.on('message', (task: Task) => {
  void answer(task)
})

async function answer(task: Task) {
  const { study } = (await import(task.moduleUrl)) as { study: Study<unknown> }
  const found: unknown[] = []
  for (let run = task.from; run < task.to; run++)
    found.push(study.cells[task.cell]!.run(seededRandom(seedOf(study.seed, task.cell, run))))
  parentPort!.postMessage({ task, found })
}
