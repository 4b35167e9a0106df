import { rmSync } from 'node:fs'
import { countsOfCheck, countsOfPlaywright, countsOfVitest, sum, verdictLine } from './counts.ts'
import { ensureBrowser } from './ensureBrowser.ts'
import { checkSizes } from './size.ts'
import { check, outcomeLine, outcomesOf, runner, type Step } from './steps.ts'

const vitest = (title: string, project: string): Step =>
  runner(
    title,
    `reports/${project}.json`,
    countsOfVitest,
    'vitest',
    'run',
    `--project=${project}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=reports/${project}.json`,
  )

const journeys = (title: string, project: string): Step =>
  runner(
    title,
    'reports/e2e.json',
    countsOfPlaywright,
    'playwright',
    'test',
    `--project=${project}`,
  )

/** What one core does while the other one runs the browser's tests. */
const ON_ONE_CORE: readonly Step[] = [
  check('types', 'tsc'),
  check('lint', 'oxlint'),
  check('format', 'biome', 'format'),
  check('dead code', 'knip'),
  vitest('unit', 'node'),
]
const BESIDE: readonly Step[] = [vitest('browser', 'browser')]

/** What keeps both busy, or counts real seconds. */
const ALONE: readonly Step[] = [
  {
    title: 'build',
    run: () => {
      // What follows must not pass on the build of yesterday.
      rmSync('dist', { recursive: true, force: true })
      return check('build', 'vite', 'build').run()
    },
  },
  { title: 'size', run: async () => countsOfCheck(await checkSizes('dist')) },
  journeys('journeys', 'journeys'),
  journeys('real wire', 'wire'),
]

if (!ensureBrowser()) {
  console.error(
    'No browser: install Chromium (Debian: apt-get install chromium) or set CHROMIUM_PATH',
  )
}

const begunMs = performance.now()
const first = await Promise.all([outcomesOf(ON_ONE_CORE), outcomesOf(BESIDE)])
const outcomes = [...first.flat(), ...(await outcomesOf(ALONE))]

console.log('')
for (const outcome of outcomes) console.log(outcomeLine(outcome))
const total = sum(outcomes.map(({ counts }) => counts))
console.log(`${((performance.now() - begunMs) / 1000).toFixed(1)} s`)
console.log(verdictLine(total))
process.exitCode = total.failed === 0 ? 0 : 1
