import { formatCount } from '#domain/format.ts'
import type { AttemptGroup, GroupDimension } from '#domain/incident/attemptGroup.ts'
import type { Redactor } from '../redaction.ts'
import type { Failure } from './failure.ts'
import type { FileNames } from './fileSeries.ts'
import type { Sample } from './sample.ts'
import type { SampleTexts } from './sampleTexts.ts'

/** What is told of one dimension; what is beyond it is told as one. */
const MOST_GROUPS = 200
/** Of so many names secrets are taken out; addresses with numbers in them may be millions. */
const MOST_CLEANED = 2_000

/** How the attempts of one name went; several names are one where they differ by a secret. */
export type NamedCounts = Pick<AttemptGroup, 'name' | 'attempts' | 'refused' | 'failed'>

/**
 * Counts how attempts went by what they have in common: their label, who made them, whom they asked. A row
 * costs an addition or two; memory grows with distinct texts.
 */
export function createAttemptGroups(
  { makers, groupOf }: Pick<FileNames, 'makers' | 'groupOf'>,
  texts: SampleTexts,
  redactor: Redactor,
) {
  const labels = createCounts()
  const hosts = createCounts()
  const ofMakers = createCounts()
  const makerNames: string[] = []
  const makerNumbers = new Map<string, number>()
  const makerOfThread: (number | undefined)[] = []
  /** Samples that are equal in label, thread and failure, by number of the outcome, and one of each. */
  let equals = new Uint32Array(64)
  const ofOutcome: Counted[] = []

  function makerOf(thread: number): number {
    const name = groupOf(texts.thread.text(thread)).trim()
    const known = makerNumbers.get(name)
    if (known !== undefined) return known
    makerNumbers.set(name, makerNames.length)
    return makerNames.push(name) - 1
  }

  function count({ label, thread, failure }: Counted, times: number) {
    if (label >= 0) labels.add(label, failure, times)
    if (thread >= 0) ofMakers.add((makerOfThread[thread] ??= makerOf(thread)), failure, times)
  }

  function addOther({ label, thread, outcome }: Sample, failure: Failure | null) {
    if (outcome < 0) return count({ label, thread, failure }, 1)
    if (outcome >= equals.length) equals = grown(equals, outcome + 1)
    ofOutcome[outcome] = { label, thread, failure }
    equals[outcome] = 1
  }

  /** What was counted by outcome is counted by label and maker, too. */
  function settle() {
    for (const [outcome, one] of ofOutcome.entries()) if (one) count(one, equals[outcome]!)
    ofOutcome.length = 0
    equals.fill(0)
  }

  return {
    add(sample: Sample, failure: Failure | null) {
      const { outcome, host } = sample
      // Nearly every row of a JTL takes this way, and nothing else.
      if (outcome >= 0 && equals[outcome]! > 0) equals[outcome]! += 1
      else addOther(sample, failure)
      if (host >= 0) hosts.add(host, failure, 1)
    },
    /** By dimension, those with most refusals first. What has no name is in none. */
    groups(): AttemptGroup[] {
      settle()
      const clean = (text: string) => redactor.clean(text)
      return [
        ...groupsOf('label', labels.named(texts.label.text), clean),
        ...groupsOf(
          makers,
          ofMakers.named((number) => makerNames[number]!),
          clean,
        ),
        ...groupsOf('host', hosts.named(texts.host.text), clean),
      ]
    },
  }
}

/**
 * Groups of one dimension, those with most refusals first, at most 200: the last is `(N others)` where there
 * are more. Names are cleaned; those that are the same then are one group.
 */
export function groupsOf(
  dimension: GroupDimension,
  counted: readonly NamedCounts[],
  clean: (text: string) => string,
): AttemptGroup[] {
  const named = counted.filter(({ name, attempts }) => name !== '' && attempts > 0).sort(byWeight)
  const byName = new Map<string, NamedCounts>()
  for (const one of named.slice(0, MOST_CLEANED)) {
    const name = clean(one.name)
    byName.set(name, sumOf(name, [one, ...(byName.get(name) ? [byName.get(name)!] : [])]))
  }
  const groups = [...byName.values()].sort(byWeight)
  const isWhole = groups.length <= MOST_GROUPS && named.length <= MOST_CLEANED
  const told = isWhole ? groups : groups.slice(0, MOST_GROUPS - 1)
  const rest = [...groups.slice(told.length), ...named.slice(MOST_CLEANED)]
  const others = rest.length > 0 ? [sumOf(`(${formatCount(rest.length)} others)`, rest)] : []
  return [...told, ...others].map((one) => ({ dimension, ...one }))
}

const byWeight = (a: NamedCounts, b: NamedCounts) =>
  b.refused - a.refused ||
  b.failed - a.failed ||
  b.attempts - a.attempts ||
  (a.name < b.name ? -1 : 1)

const sumOf = (name: string, counted: readonly NamedCounts[]): NamedCounts =>
  counted.reduce(
    (sum, { attempts, refused, failed }) => ({
      name,
      attempts: sum.attempts + attempts,
      refused: sum.refused + refused,
      failed: sum.failed + failed,
    }),
    { name, attempts: 0, refused: 0, failed: 0 },
  )

type Counted = { label: number; thread: number; failure: Failure | null }

/** How attempts went, by a small number. */
function createCounts() {
  let attempts = new Uint32Array(64)
  let refused = new Uint32Array(64)
  let failed = new Uint32Array(64)
  let size = 0

  function grow(id: number) {
    size = id + 1
    if (size <= attempts.length) return
    attempts = grown(attempts, size)
    refused = grown(refused, size)
    failed = grown(failed, size)
  }

  return {
    add(id: number, failure: Failure | null, times: number) {
      if (id >= size) grow(id)
      attempts[id]! += times
      if (failure === null) return
      failed[id]! += times
      if (failure.class === 'capacity') refused[id]! += times
    },
    named: (nameOf: (id: number) => string): NamedCounts[] =>
      Array.from({ length: size }, (_, id) => ({
        name: nameOf(id),
        attempts: attempts[id]!,
        refused: refused[id]!,
        failed: failed[id]!,
      })),
  }
}

function grown(column: Uint32Array<ArrayBuffer>, size: number): Uint32Array<ArrayBuffer> {
  const longer = new Uint32Array(2 * size)
  longer.set(column)
  return longer
}
