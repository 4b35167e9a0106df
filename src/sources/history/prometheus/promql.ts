import type { DurationMs } from '#domain/units.ts'

/** The names under which the recorder shows its numbers (docs/operations.md). */
export const USAGE = 'tidemark_usage'
export const LIMIT = 'tidemark_limit'
export const ATTEMPTS = 'tidemark_attempts_total'
export const ERRORS = 'tidemark_errors_total'
export const METRIC_INFO = 'tidemark_metric_info'
export const ORGANISATION_INFO = 'tidemark_organisation_info'

/** A selector of one organisation's series. JSON's escapes are also those of PromQL. */
export const ofOrganisation = (name: string, organisation: string) =>
  `${name}{organisation=${JSON.stringify(organisation)}}`

/** A length of time as PromQL writes it. */
export const lengthText = (ms: number) => (ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`)

/**
 * Windows of PromQL end at the instant that is asked about, and belong to what lies before; steps of
 * Tidemark begin with theirs. A step [s, s + step) is therefore asked about at its end, a
 * millisecond back: (s − 1 ms, s + step − 1 ms]. All asked instants stay on the grid, which
 * VictoriaMetrics would otherwise move. Prometheus before 3.0 counts the left end in as well: a sample
 * in the very last millisecond of a step then stands in the next one, too.
 */
const BACK = 'offset 1ms'

/** What the samples within each step come to. */
export const overStep = (
  does: 'min' | 'max' | 'sum' | 'count' | 'last',
  selector: string,
  stepMs: DurationMs,
) => `${does}_over_time(${selector}[${lengthText(stepMs)}] ${BACK})`

/** The value at the end of each step; nothing where the series was stale by then. */
export const atEnd = (selector: string) => `${selector} ${BACK}`

const stepBefore = (selector: string, stepMs: DurationMs) =>
  `${selector} offset ${lengthText(stepMs + 1)}`

/**
 * The value at the end of those steps by whose end it changed or appeared. A level that stands still,
 * or a counter that does not count, costs nothing, however long the time.
 */
export const whereChanged = (selector: string, stepMs: DurationMs) =>
  `${atEnd(selector)} unless (${atEnd(selector)} == ${stepBefore(selector, stepMs)})`

/**
 * Something at the end of those steps by whose end one series stood without its companion and did not
 * at the end of the step before.
 */
export function whereLeftAlone(selector: string, companion: string, stepMs: DurationMs): string {
  const by = 'unless on (metric)'
  const before = `(${stepBefore(selector, stepMs)} ${by} ${stepBefore(companion, stepMs)})`
  return `(${atEnd(selector)} ${by} ${atEnd(companion)}) ${by} ${before}`
}

const withinStep = (selector: string, stepMs: DurationMs) => overStep('last', selector, stepMs)

const withinStepBefore = (selector: string, stepMs: DurationMs) =>
  `last_over_time(${selector}[${lengthText(stepMs)}] offset ${lengthText(stepMs + 1)})`

/**
 * Something at the end of those steps within which a value changed, or appeared that was absent for
 * all of the step before. It is also there for the step after a change: what lies between two steps belongs to both.
 */
export const stirredWithin = (selector: string, stepMs: DurationMs) =>
  `count((${changesOver(selector, stepMs)} > 0) or (${begunWithin(selector, stepMs)}))`

const changesOver = (selector: string, stepMs: DurationMs) =>
  `changes(${selector}[${lengthText(2 * stepMs)}] ${BACK})`

const begunWithin = (selector: string, stepMs: DurationMs) =>
  `${withinStep(selector, stepMs)} unless ${withinStepBefore(selector, stepMs)}`

/** Something at the end of those steps that hold a sample and follow one that holds none. */
export const begunAgainWithin = (selector: string, stepMs: DurationMs) =>
  `count(${withinStep(selector, stepMs)}) unless count(${withinStepBefore(selector, stepMs)})`

/**
 * Something at the end of those steps within which the companion stirred, or in a part of which one
 * series may have stood without it: it has more samples then, or all of a step to itself for the first time.
 */
export function stirredBeside(selector: string, companion: string, stepMs: DurationMs): string {
  const by = 'unless on (metric)'
  const samples = (of: string) => `sum by (metric) (${overStep('count', of, stepMs)})`
  const alone = `(${withinStep(selector, stepMs)} ${by} ${withinStep(companion, stepMs)})`
  const aloneBefore = `(${withinStepBefore(selector, stepMs)} ${by} ${withinStepBefore(companion, stepMs)})`
  return `count((${samples(selector)} > ${samples(companion)}) or (${alone} ${by} ${aloneBefore})) or ${stirredWithin(companion, stepMs)}`
}

/** How many series there are at the end of those steps at the end of whose predecessor there was none. */
export const whereBegun = (selector: string, stepMs: DurationMs) =>
  `count(${atEnd(selector)}) unless count(${stepBefore(selector, stepMs)})`

/** The newest value of a while before, unless one series stands without its companion by now. */
export const lastUnlessAlone = (companion: string, selector: string, lengthMs: DurationMs) =>
  `${lastWithin(companion, lengthMs)} unless on (metric) (${atEnd(selector)} unless on (metric) ${atEnd(companion)})`

/** The samples themselves of the time up to the instant that is asked about. */
export const samplesIn = (selector: string, lengthMs: DurationMs) =>
  `${selector}[${lengthText(lengthMs)}]`

/** The newest value within a while before the instant that is asked about. */
export const lastWithin = (selector: string, lengthMs: DurationMs) =>
  `last_over_time(${selector}[${lengthText(lengthMs)}] ${BACK})`
