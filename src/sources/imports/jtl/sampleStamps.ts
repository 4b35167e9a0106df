/** Which end of a sample its time in a JTL is: `sampleresult.timestamp.start` of JMeter decides. */
export type SampleEnd = 'start' | 'end'

/**
 * Which end the times of a file seem to be. JMeter writes a row when its sample is over, so under the right
 * reading the ends are in the order of the rows.
 */
export type SampleStamps = {
  likely: SampleEnd | 'unknown'
  /** Share of neighbouring rows (0–1, of the first 50 000) whose ends are in order where times are read as starts. */
  startsInOrder: number
  /** The same where they are read as ends. */
  endsInOrder: number
}

/** So many rows of a file show it. */
const MOST_PAIRS = 50_000
/** Rows of one instant are written in any order, and a handful falls by chance. */
const LEAST_FALLS = 10
/** The wrong reading must fall so many times as often: real files have a hundred times as many. */
const TIMES = 4

/**
 * Looks at samples in the order of the file, those left out that repeat others. `read` is the reading by which
 * their starts and ends were told.
 */
export function createSampleStamps(read: SampleEnd = 'start') {
  // In columns, since V8 puts a variable that holds a time into a new object each time.
  const last = Float64Array.of(-Infinity, -Infinity)
  let pairs = -1
  let startFalls = 0
  let endFalls = 0

  return {
    /** False once enough has been seen. */
    see({ startMs, endMs }: { startMs: number; endMs: number }): boolean {
      if (pairs === MOST_PAIRS) return false
      const stampMs = read === 'start' ? startMs : endMs
      const endIfStartMs = stampMs + (endMs - startMs)
      if (endIfStartMs < last[0]!) startFalls += 1
      if (stampMs < last[1]!) endFalls += 1
      last[0] = endIfStartMs
      last[1] = stampMs
      pairs += 1
      return true
    },
    /** Null where there are no two samples. */
    result(): SampleStamps | null {
      if (pairs < 1) return null
      return {
        likely: likelyEnd(startFalls, endFalls),
        startsInOrder: 1 - startFalls / pairs,
        endsInOrder: 1 - endFalls / pairs,
      }
    },
  }
}

function likelyEnd(startFalls: number, endFalls: number): SampleStamps['likely'] {
  if (endFalls >= LEAST_FALLS && endFalls >= TIMES * startFalls) return 'start'
  if (startFalls >= LEAST_FALLS && startFalls >= TIMES * endFalls) return 'end'
  return 'unknown'
}
