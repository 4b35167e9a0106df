import { type Observation, observation } from '#domain/observation.ts'
import type { Series } from '#domain/series/series.ts'

/** A reply of the feed holds at most twice as much: a record always fits into one. */
const MOST_ENTRIES = 5_000

/** An observation in parts that are each a record: an hour that a feed tells at once would fill many replies. */
export function inRecords(observed: Observation): readonly Observation[] {
  const { samples, errors, clients, ...slow } = observed
  const lots = [
    ...lotsOfSamples(samples).map((some) => observation({ samples: some })),
    ...lotsOf(errors).map((some) => observation({ errors: some })),
    ...lotsOf(clients).map((some) => observation({ clients: some })),
  ]
  const isSmall = lots.length <= 3 && sizeOf(observed) <= MOST_ENTRIES
  if (isSmall) return [observed]
  return [observation(slow), ...lots]
}

const sizeOf = ({ samples, errors, clients }: Observation) =>
  samples.reduce((sum, { series }) => sum + series.timeMs.length, errors.length + clients.length)

function lotsOf<T>(list: readonly T[]): (readonly T[])[] {
  const count = Math.ceil(list.length / MOST_ENTRIES)
  return Array.from({ length: count }, (_, i) =>
    list.slice(i * MOST_ENTRIES, (i + 1) * MOST_ENTRIES),
  )
}

type Sample = Observation['samples'][number]

function lotsOfSamples(samples: readonly Sample[]): Sample[][] {
  const lots: Sample[][] = []
  let room = 0
  for (const { metric, series } of samples)
    for (let from = 0; from < series.timeMs.length; ) {
      if (room === 0) {
        lots.push([])
        room = MOST_ENTRIES
      }
      const part = sliceOf(series, from, from + room)
      lots.at(-1)!.push({ metric, series: part })
      from += part.timeMs.length
      room -= part.timeMs.length
    }
  return lots
}

const sliceOf = ({ timeMs, value }: Series, from: number, to: number): Series => ({
  timeMs: timeMs.slice(from, to),
  value: value.slice(from, to),
})
