import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Counts, countsOfCheck, withExit } from './counts.ts'

/** One thing that `npm test` does. */
export type Step = { title: string; run: () => Counts | Promise<Counts> }

/** A step that hangs must not hang CI for ever. */
const STEP_LIMIT_MS = 20 * 60_000

/** Runs a tool of `node_modules/.bin`; true when it ended well. It gets no input and says what it says. */
function runTool(words: readonly string[]): boolean {
  const [tool = '', ...args] = words
  const { status, error } = spawnSync(join('node_modules', '.bin', tool), args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, CI: 'true' },
    timeout: STEP_LIMIT_MS,
  })
  if (error) console.error(`${tool}: ${error.message}`)
  return status === 0
}

/** A step that is fine or not. */
export const check = (title: string, ...words: readonly string[]): Step => ({
  title,
  run: () => countsOfCheck(runTool(words)),
})

/** A test runner that leaves a JSON report; one that leaves none failed. */
export const runner = (
  title: string,
  reportPath: string,
  countsOf: (report: unknown) => Counts,
  ...words: readonly string[]
): Step => ({
  title,
  run: () => {
    rmSync(reportPath, { force: true })
    const isFine = runTool(words)
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

export function outcomeLine({ title, counts, tookMs }: Outcome): string {
  const { passed, failed, skipped } = counts
  const word = failed === 0 ? 'ok' : 'FAILED'
  const left = skipped > 0 ? `, ${skipped} skipped` : ''
  return `${word.padEnd(7)}${title.padEnd(12)}${passed} passed, ${failed} failed${left} (${(tookMs / 1000).toFixed(1)} s)`
}
