import { readdirSync, readFileSync } from 'node:fs'

/** Jiffies per second: fixed for user space on Linux (`getconf CLK_TCK`). */
const TICKS_PER_SECOND = 100

type Process = { pid: number; parent: number; ticks: number; residentPages: number }

/** `pid (name) state ppid …`: the name may hold spaces and brackets, so what counts begins after the last one. */
function processOf(pid: number): Process | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return {
      pid,
      parent: Number(fields[1]),
      ticks: Number(fields[11]) + Number(fields[12]),
      residentPages: Number(fields[21]),
    }
  } catch {
    // It ended between the listing and the look.
    return null
  }
}

/** A process and all that it started, at any depth. Empty where there is no /proc. */
function treeOf(root: number): Process[] {
  const all = pids().flatMap((pid) => processOf(pid) ?? [])
  const found = all.filter(({ pid }) => pid === root)
  for (const { pid } of found) found.push(...all.filter(({ parent }) => parent === pid))
  return found
}

function pids(): number[] {
  try {
    return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []))
  } catch {
    return []
  }
}

/** CPU time, user and system, that a process and its children have used so far, in milliseconds (10 ms steps); null where the system has no /proc. */
export function treeCpuMs(root: number): number | null {
  const tree = treeOf(root)
  if (tree.length === 0) return null
  return (tree.reduce((sum, { ticks }) => sum + ticks, 0) * 1000) / TICKS_PER_SECOND
}

/** Resident memory of one process in bytes; null where the system has no /proc. */
export function residentBytes(pid: number): number | null {
  const PAGE_BYTES = 4096
  const found = processOf(pid)
  return found && found.residentPages * PAGE_BYTES
}

/** The most resident memory that a process has had so far, in bytes; null where the system has no /proc. */
export function peakResidentBytes(pid: number): number | null {
  try {
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return peak && Number(peak[1]) * 1024
  } catch {
    // It ended meanwhile.
    return null
  }
}
