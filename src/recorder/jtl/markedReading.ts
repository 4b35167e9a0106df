import { createHash } from 'node:crypto'
import { NOTHING_OBSERVED, observation, type Observation } from '#domain/observation.ts'
import { durationMs, MINUTE_MS } from '#domain/units.ts'
import type { JtlReading } from '#sources/imports/jtl/jtlReading.ts'

/** Up to where a file was told. */
export type ReadMark = {
  readBytes: number
  /** SHA-256 of the last bytes before that place, in hexadecimal: by them the file is known again. */
  before: string
  /** Whether its newest second was told, too. */
  isResting: boolean
}

/** Lines with times in them; as many as `followFile` knows a file by. */
const BEFORE_BYTES = 4_096

/**
 * A file that was silent for so long rests, and its newest second is told. JMeter writes 8 kB at a time, so a
 * slow test is often silent in the middle of a second, and readers of a feed may count twice what is told
 * twice. Nobody looks at the newest second of a recorder.
 */
export const RESTS_AFTER_MS = durationMs(MINUTE_MS)

/** A reading that knows how far it has told, and can go on where another one had told before. */
export type MarkedReading = JtlReading & {
  /** Up to where it has told; null where that is nowhere. */
  mark: () => ReadMark | null
}

type Options = {
  reading: JtlReading
  /** Up to there it is read and not told, provided that the file is still the same; null tells everything. */
  told: ReadMark | null
  /** Milliseconds of a clock that never goes back. */
  now: () => number
}

export function openMarkedReading({ reading, told, now }: Options): MarkedReading {
  let readBytes = 0
  let before: Uint8Array = new Uint8Array()
  let waitsFor = told
  let mark: ReadMark | null = null
  let pushedAt = Number.NEGATIVE_INFINITY
  /** Descriptions of series are needed, too, by who tells only the rest. */
  let untold = NOTHING_OBSERVED

  const here = (isResting: boolean): ReadMark => ({ readBytes, before: hashOf(before), isResting })

  function take(bytes: Uint8Array) {
    if (bytes.length === 0) return
    reading.push(bytes)
    readBytes += bytes.length
    const older = before.subarray(Math.max(0, before.length + bytes.length - BEFORE_BYTES))
    before = Buffer.concat([older, bytes.subarray(-BEFORE_BYTES)])
  }

  function leaveOutTold({ before: expected, isResting }: ReadMark) {
    waitsFor = null
    if (hashOf(before) !== expected) return
    untold = observation({ metrics: reading.news({ isQuiet: isResting }).metrics })
    mark = here(isResting)
  }

  function news(isQuiet: boolean): Observation {
    // It has not come to the place yet. A file that ends before it is another one.
    if (readBytes === 0 || (waitsFor && !isQuiet)) return NOTHING_OBSERVED
    waitsFor = null
    const isResting = isQuiet && now() - pushedAt >= RESTS_AFTER_MS
    const observed = reading.news({ isQuiet: isResting })
    const metrics = [...untold.metrics, ...observed.metrics]
    untold = NOTHING_OBSERVED
    if (mark?.readBytes !== readBytes || mark.isResting !== isResting) mark = here(isResting)
    return { ...observed, metrics }
  }

  return {
    ...reading,
    push(bytes) {
      pushedAt = now()
      const missing = waitsFor ? waitsFor.readBytes - readBytes : Number.POSITIVE_INFINITY
      take(bytes.subarray(0, missing))
      if (!waitsFor || readBytes < waitsFor.readBytes) return
      leaveOutTold(waitsFor)
      take(bytes.subarray(missing))
    },
    news: ({ isQuiet = false } = {}) => news(isQuiet),
    end() {
      waitsFor = null
      return reading.end()
    },
    mark: () => waitsFor ?? (readBytes > 0 ? mark : null),
  }
}

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
