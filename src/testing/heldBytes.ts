import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** What is held in memory after garbage was collected: the heap, and the arrays outside it. */
export function heldBytes(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  // What a first round frees may hold on to more.
  collect()
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
