import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { HeldAt } from './day.ts'

/** A recorder over virtual hours, in a process of its own, so that nothing else is in its memory. */
export async function virtualDay(hours: number): Promise<HeldAt[]> {
  const child = fork(join(import.meta.dirname, 'day.ts'), [String(hours)], {
    execArgv: ['--import', 'tsx'],
  })
  const found: HeldAt[] = []
  child.on('message', (held: HeldAt) => {
    console.log(JSON.stringify(held))
    found.push(held)
  })
  const status = await new Promise<number | null>((ended) => child.once('exit', ended))
  if (status !== 0) throw new Error(`the virtual day ended with ${status}`)
  return found
}
