import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

/** A program that was started, and what it said. */
export type Running = {
  /** Standard output so far. */
  out: () => string
  /** That, and the end of standard error behind it. */
  said: () => string
  /** Waits until it has said something of this form, and gives the first group. Throws when it ends before. */
  told: (form: RegExp) => Promise<string>
  /** Resolves with its exit code once it has ended by itself; null where a signal ended it. */
  ended: Promise<number | null>
  /** Asks it to stop, and waits until it has. */
  stop: () => Promise<void>
}

/** Starts a program of this machine; it ends with whoever started it. */
export function startProgram(program: string, words: readonly string[]): Running {
  const child: ChildProcess = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] })
  const listeners = new Set<() => void>()
  let out = ''
  let err = ''
  let isOver = false
  child.stdout!.on('data', (some: Buffer) => {
    out += some.toString()
    for (const listener of listeners) listener()
  })
  child.stderr!.on('data', (some: Buffer) => {
    err = `${err}${some.toString()}`.slice(-4_000)
  })
  const ended = new Promise<number | null>((done, fail) => {
    child.on('error', fail)
    child.on('close', (code) => {
      isOver = true
      for (const listener of listeners) listener()
      done(code)
    })
  })
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  void ended.finally(() => process.off('exit', kill)).catch(() => undefined)
  const said = () => out + err
  return {
    out: () => out,
    said,
    ended,
    told: (form) =>
      new Promise((done, fail) => {
        const look = () => {
          const found = form.exec(out)
          if (!found && !isOver) return
          listeners.delete(look)
          if (found) done(found[1] ?? '')
          else fail(new Error(`${program} ${words.join(' ')} ended; it said: ${said()}`))
        }
        listeners.add(look)
        look()
      }),
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** `{ port: 0, json: true }` as a command line has it; what is null is left out. */
export const optionWords = (options: Readonly<Record<string, string | number | true | null>>) =>
  Object.entries(options).flatMap(([name, value]) => {
    if (value === null) return []
    return value === true ? [`--${name}`] : [`--${name}`, String(value)]
  })

/** Starts the product's own command, as `npm run tidemark` does. */
export const startTidemark = (
  command: string,
  options: Parameters<typeof optionWords>[0],
): Running => {
  const main = join('src', 'cli', 'main.ts')
  const words = ['--import', 'tsx', main, command, ...optionWords(options)]
  return startProgram(process.execPath, words)
}
