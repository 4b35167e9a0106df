import { type Failure, failureIn } from './failure.ts'
import { type Sample, outcomeOf } from './sample.ts'
import { NOT_HELD } from '../csv/byteDictionary.ts'
import type { SampleTexts } from './sampleTexts.ts'

/** Combinations of texts that are remembered; further ones are judged row by row. */
const MAX_REMEMBERED = 65_536
/** label, code, message, failure message, success, and the number of the failure. */
const COLUMNS = 6
const FAILURE = 5
const NO_FAILURE = 0

/**
 * Judges samples by `failureIn`, once per distinct combination of what decides: a test of a
 * million samples has few. Equal failures are the same object, so that they can be counted by it.
 */
export function createFailureBook(texts: SampleTexts) {
  const failures: (Failure | null)[] = [null]
  const numbers = new Map<string, number>()
  const byOutcome: (Failure | null | undefined)[] = []
  /** Open addressing: number + 1 of an entry, 0 where nothing is. */
  let slots = new Int32Array(1_024)
  let entries = new Int32Array(512 * COLUMNS)
  let size = 0

  function judged(sample: Sample): number {
    const failure = failureIn(outcomeOf(sample, texts))
    return failure ? numberOf(failure) : NO_FAILURE
  }

  function numberOf(failure: Failure): number {
    const key = JSON.stringify([failure.class, failure.place, failure.status, failure.code])
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, failures.length)
    return failures.push(failure) - 1
  }

  function hasAt(entry: number, sample: Sample, success: number): boolean {
    const at = entry * COLUMNS
    return (
      entries[at] === sample.label &&
      entries[at + 1] === sample.code &&
      entries[at + 2] === sample.message &&
      entries[at + 3] === sample.failureMessage &&
      entries[at + 4] === success
    )
  }

  function add(sample: Sample, success: number, slot: number): number {
    const number = judged(sample)
    if (size === MAX_REMEMBERED) return number
    const { label, code, message, failureMessage } = sample
    entries.set([label, code, message, failureMessage, success, number], size * COLUMNS)
    size += 1
    slots[slot] = size
    if (2 * size === slots.length) grow()
    return number
  }

  function grow() {
    const longer = new Int32Array(2 * entries.length)
    longer.set(entries)
    entries = longer
    slots = new Int32Array(2 * slots.length)
    for (let entry = 0; entry < size; entry += 1) {
      const [label, code, message, failureMessage, success] = entries.subarray(entry * COLUMNS)
      let slot = hashOf(label!, code!, message!, failureMessage!, success!) & (slots.length - 1)
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1)
      slots[slot] = entry + 1
    }
  }

  function searched(sample: Sample): Failure | null {
    const { label, code, message, failureMessage, isSuccess } = sample
    if (message === NOT_HELD || failureMessage === NOT_HELD) return failures[judged(sample)]!
    const success = isSuccess === null ? 2 : isSuccess ? 1 : 0
    const mask = slots.length - 1
    let slot = hashOf(label, code, message, failureMessage, success) & mask
    for (;;) {
      const entry = slots[slot]! - 1
      if (entry < 0) return failures[add(sample, success, slot)]!
      if (hasAt(entry, sample, success)) return failures[entries[entry * COLUMNS + FAILURE]!]!
      slot = (slot + 1) & mask
    }
  }

  return {
    /** The one object that stands for all failures equal to this one. */
    same: (failure: Failure): Failure => failures[numberOf(failure)]!,
    /** What went wrong in a sample, null where nothing did. */
    failureOf(sample: Sample): Failure | null {
      const { outcome } = sample
      if (outcome < 0) return searched(sample)
      const known = byOutcome[outcome]
      return known === undefined ? (byOutcome[outcome] = searched(sample)) : known
    },
  }
}

function hashOf(label: number, code: number, message: number, failure: number, success: number) {
  let hash = Math.imul(label, 0x9e3779b1) ^ Math.imul(code, 0x85ebca77)
  hash = Math.imul(hash ^ (hash >>> 15) ^ message, 0xc2b2ae3d)
  hash = Math.imul(hash ^ (hash >>> 13) ^ failure, 0x27d4eb2f) + success
  return hash ^ (hash >>> 16)
}
