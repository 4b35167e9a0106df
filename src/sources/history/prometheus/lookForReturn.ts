import { type DurationMs, durationMs, MINUTE_MS, SECOND_MS } from '#domain/units.ts'
import type { SourceErrorKind } from '../../sourceError.ts'
import type { PrometheusProblem } from './problem.ts'

type Options = {
  /** Whether the server answers now. */
  answers: () => Promise<boolean>
  after: (ms: DurationMs, run: () => void) => () => void
}

const FIRST_PAUSE_MS = durationMs(30 * SECOND_MS)
const LONGEST_PAUSE_MS = durationMs(10 * MINUTE_MS)

/**
 * Looks whether a server answers again, and calls `onBack` where it does; until it is stopped, since what is
 * then read may fail once more. Each pause is twice as long as the one before, ten minutes at most:
 * whoever is down for a night or has too much to do is not asked for more.
 */
export function lookForReturn({ answers, after }: Options, onBack: () => void): () => void {
  let pauseMs = FIRST_PAUSE_MS
  let isStopped = false
  let cancel = after(pauseMs, () => void look())

  async function look() {
    const isBack = await answers()
    if (isStopped) return
    pauseMs = durationMs(Math.min(2 * pauseMs, LONGEST_PAUSE_MS))
    cancel = after(pauseMs, () => void look())
    if (isBack) onBack()
  }

  return () => {
    isStopped = true
    cancel()
  }
}

/**
 * What passes by itself: nobody is there, nobody may ask, or it is busy. Not a question that took too long:
 * asked once more it would take as long, and cost the server as much.
 */
const PASSING: ReadonlySet<SourceErrorKind | PrometheusProblem['kind']> = new Set([
  'network',
  'unavailable',
  'forbidden',
])

/** Whether a problem may be gone without anybody's doing here. */
export const mayPass = ({ kind }: Pick<PrometheusProblem, 'kind'>) => PASSING.has(kind)
