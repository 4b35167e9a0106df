/** A column of instants as it is written: where it starts, and each one in turn. */
export type TimeSteps = {
  /** `steps`: each is counted from the one before. `instants`: each stands for itself. */
  times: 'steps' | 'instants'
  fromMs: number
  values: readonly number[]
}

/**
 * Instants as steps, which are short and which people can read, where that gives back every one of
 * them to the last bit; else as they are.
 */
export function timeSteps(timeMs: ArrayLike<number>): TimeSteps {
  const fromMs = plainZero(timeMs[0] ?? 0)
  const steps: number[] = []
  let before = fromMs
  for (let i = 0; i < timeMs.length; i += 1) {
    const step = timeMs[i]! - before
    const next = before + step
    if (next !== timeMs[i]) return { times: 'instants', fromMs: 0, values: Array.from(timeMs) }
    steps.push(step)
    before = next
  }
  return { times: 'steps', fromMs, values: steps }
}

/** JSON knows no other zero. */
const plainZero = (value: number) => (value === 0 ? 0 : value)
