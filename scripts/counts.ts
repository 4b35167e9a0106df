import { z } from 'zod'

/** How many tests a runner saw through. */
export type Counts = { passed: number; failed: number; skipped: number }

/** What a step without tests of its own (a build, a check) counts as. */
export const countsOfCheck = (isFine: boolean): Counts =>
  isFine ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
})

/** Reads Vitest's JSON report. A test file that could not even be loaded counts as one failure. */
export function countsOfVitest(report: unknown): Counts {
  const parsed = vitestReport.parse(report)
  const notLoaded = parsed.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  return {
    passed: parsed.numPassedTests,
    failed: parsed.numFailedTests + notLoaded.length,
    skipped: parsed.numPendingTests + parsed.numTodoTests,
  }
}

const playwrightReport = z.object({
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
  errors: z.array(z.unknown()),
})

/** Reads Playwright's JSON report. Flaky counts as failed; so does an error outside any test. */
export function countsOfPlaywright(report: unknown): Counts {
  const { stats, errors } = playwrightReport.parse(report)
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  }
}

/** A runner that ended badly without naming a failed test (a crash, an unhandled error) failed once. */
export const withExit = (counts: Counts, isFine: boolean): Counts =>
  isFine || counts.failed > 0 ? counts : { ...counts, failed: 1 }

export const sum = (all: readonly Counts[]): Counts => ({
  passed: all.reduce((total, { passed }) => total + passed, 0),
  failed: all.reduce((total, { failed }) => total + failed, 0),
  skipped: all.reduce((total, { skipped }) => total + skipped, 0),
})

/** The line that CI reads. */
export const verdictLine = ({ passed, failed }: Counts) => `${passed} passed, ${failed} failed`
