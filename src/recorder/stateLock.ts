import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Another recorder writes to this folder: two would give out the same numbers. */
export class StateInUse extends Error {
  override readonly name = 'StateInUse'
}

const NAME = 'recorder.lock'

/**
 * Takes a state folder for this process; gives the way to hand it back. A lock whose process is gone
 * (`kill -9`) is taken over. Throws StateInUse, or Node's own error where the folder cannot be written
 * to. Processes of another machine or container cannot be seen: give each a folder of its own.
 */
export function lockState(folder: string): () => void {
  const path = join(folder, NAME)
  const mine = `${process.pid} ${startOf(process.pid) ?? ''}\n`
  const holder = holderOf(path)
  if (holder !== null) throw new StateInUse(`process ${holder} records into this folder`)
  rmSync(path, { force: true })
  writeFileSync(path, mine, { flag: 'wx', mode: 0o600 })
  return () => rmSync(path, { force: true })
}

/** The living process that holds a lock; null where there is none. */
function holderOf(path: string): number | null {
  const [, pid, start] = /^(\d+) (\d*)\n$/.exec(textOf(path)) ?? []
  if (pid === undefined || Number(pid) === process.pid || !isAlive(Number(pid))) return null
  // After a restart of the machine the number may belong to somebody else.
  const startNow = startOf(Number(pid))
  return startNow === null || startNow === start ? Number(pid) : null
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** When a process started, in ticks since the machine did; null where the system does not say (only Linux does). */
export function startOf(pid: number): string | null {
  try {
    // The name in parentheses may hold spaces; field 22 is the 20th after it.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19] ?? null
  } catch {
    // No such file on other systems, and none for a process that ends right now.
    return null
  }
}
