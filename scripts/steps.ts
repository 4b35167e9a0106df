import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Counts, countsOfCheck, withExit } from './counts.ts'

/** One thing that `npm test` does. */
export type Step = { title: string; run: () => Counts | Promise<Counts> }

/** A step that hangs must not hang CI for ever. */
const STEP_LIMIT_MS = 20 * 60_000

/** Runs a tool of `node_modules/.bin`; true when it ended well. It gets no input; what it says is said at once, or when it has ended. */
function runTool(words: readonly string[], says: 'at once' | 'at its end'): Promise<boolean> {
  const [tool = '', ...args] = words
  const out = says === 'at once' ? 'inherit' : 'pipe'
  const child = spawn(join('node_modules', '.bin', tool), args, {
    stdio: ['ignore', out, out],
    env: { ...process.env, CI: 'true' },
    timeout: STEP_LIMIT_MS,
  })
  const said: Buffer[] = []
  child.stdout?.on('data', (some: Buffer) => void said.push(some))
  child.stderr?.on('data', (some: Buffer) => void said.push(some))
  return new Promise((done) => {
    child.on('error', ({ message }) => {
      console.error(`${tool}: ${message}`)
      done(false)
    })
    child.on('close', (status) => {
      if (said.length > 0) console.log(Buffer.concat(said).toString())
      done(status === 0)
    })
  })
}

/** A step that is fine or not, and short enough to be told of when it is over. */
export const check = (title: string, ...words: readonly string[]): Step => ({
  title,
  run: async () => countsOfCheck(await runTool(words, 'at its end')),
})

/** A test runner that leaves a JSON report; one that leaves none failed. */
export const runner = (
  title: string,
  reportPath: string,
  countsOf: (report: unknown) => Counts,
  ...words: readonly string[]
): Step => ({
  title,
  run: async () => {
    rmSync(reportPath, { force: true })
    const isFine = await runTool(words, 'at once')
    if (!existsSync(reportPath)) return countsOfCheck(false)
    return withExit(countsOf(JSON.parse(readFileSync(reportPath, 'utf8'))), isFine)
  },
})

/** A step's outcome, for the table at the end. */
export type Outcome = { title: string; counts: Counts; tookMs: number }

/** Runs one step and says how it went; a step that throws failed. */
export async function outcomeOf({ title, run }: Step): Promise<Outcome> {
  console.log(`\n── ${title} ──`)
  const begunMs = performance.now()
  let counts: Counts
  try {
    counts = await run()
  } catch (error) {
    console.error(error)
    counts = countsOfCheck(false)
  }
  const outcome = { title, counts, tookMs: performance.now() - begunMs }
  console.log(outcomeLine(outcome))
  return outcome
}

/** Runs steps one after the other. */
export async function outcomesOf(steps: readonly Step[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const step of steps) outcomes.push(await outcomeOf(step))
  return outcomes
}

export function outcomeLine({ title, counts, tookMs }: Outcome): string {
  const { passed, failed, skipped } = counts
  const word = failed === 0 ? 'ok' : 'FAILED'
  const left = skipped > 0 ? `, ${skipped} skipped` : ''
  return `${word.padEnd(7)}${title.padEnd(12)}${passed} passed, ${failed} failed${left} (${(tookMs / 1000).toFixed(1)} s)`
}
