import { type ChildProcess, fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { LoadFound, LoadRequest } from './load.ts'

/** Runs the load in a process of its own, on another core than the first where that can be said. */
export async function probeLoad(request: LoadRequest): Promise<LoadFound> {
  const child = fork(join(import.meta.dirname, 'load.ts'), { execArgv: ['--import', 'tsx'] })
  pinToOtherCore(child)
  child.send(request)
  const [found] = (await once(child, 'message')) as [LoadFound]
  child.disconnect()
  return found
}

function pinToOtherCore({ pid }: ChildProcess) {
  spawnSync('taskset', ['-a', '-c', '-p', '1', String(pid)])
}
