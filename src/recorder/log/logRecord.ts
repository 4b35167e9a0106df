import { NOTHING_OBSERVED, type Observation } from '#domain/observation.ts'
import { type EpochMs, epochMs } from '#domain/units.ts'
import { readTabMessage } from '#monitor/tabMessageShape.ts'

/**
 * One entry of an organisation's log. `observed`: what the monitor recorded. `told`: how the feed
 * describes metrics and which limits hold, where that has changed. `unmarked`: a marker was taken
 * back.
 */
export type LogRecord = { seq: number; at: EpochMs } & (
  | { kind: 'observed' | 'told'; observed: Observation }
  | { kind: 'unmarked'; id: string }
)

/** Every line begins so: a reader that looks for a number need not parse the others. */
const SEQ_AT = '{"seq":'.length

/** Blots secrets out of a text: servers may repeat in their words what they were shown. */
export type Redact = (text: string) => string

/** A record as a line, without its end. A gap is null. */
export function lineOf(record: LogRecord, redact: Redact): string {
  const { seq, at, kind } = record
  const content = kind === 'unmarked' ? record.id : plainObservation(record.observed)
  return jsonText({ seq, at, [kind]: content }, redact)
}

/** As JSON, every text in it redacted. */
export const jsonText = (value: unknown, redact: Redact) =>
  JSON.stringify(value, (_, one: unknown) => (typeof one === 'string' ? redact(one) : one))

/** The number of a line's record, without reading the rest; NaN where it has none. */
export const seqOfLine = (line: string) => Number.parseInt(line.slice(SEQ_AT, SEQ_AT + 20), 10)

/** The record of a line; null where the line is none of ours, e.g. half written. */
export function recordOf(line: string): LogRecord | null {
  const value = jsonOf(line) as Partial<Record<string, unknown>> | null
  if (typeof value !== 'object' || value === null) return null
  const { seq, at, observed, told, unmarked } = value
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || typeof at !== 'number') return null
  const head = { seq, at: epochMs(at) }
  if (typeof unmarked === 'string') return { ...head, kind: 'unmarked', id: unmarked }
  const kind = told === undefined ? 'observed' : 'told'
  const content = readObservation(told ?? observed)
  return content && { ...head, kind, observed: content }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line) as unknown
  } catch {
    // Cut off in the middle, as by `kill -9` or a full disk: whoever reads says so.
    return null
  }
}

/** An observation as JSON may hold it: no typed arrays, no NaN, and no list that is empty. */
export function plainObservation({ samples, ...rest }: Observation): Record<string, unknown> {
  const columns = samples.map(({ metric, series: { timeMs, value } }) => ({
    metric,
    timeMs: [...timeMs],
    value: Array.from(value, (one) => (Number.isFinite(one) ? one : null)),
  }))
  return Object.fromEntries(
    Object.entries({ ...rest, samples: columns }).filter(([, list]) => list.length > 0),
  )
}

/** Vouches for an observation that was written as `plainObservation` gives it; null where it is none. */
export function readObservation(value: unknown): Observation | null {
  if (typeof value !== 'object' || value === null) return null
  const { samples = [], ...rest } = value as { samples?: unknown }
  if (!Array.isArray(samples) || !samples.every(isColumns)) return null
  const observation = {
    ...NOTHING_OBSERVED,
    ...rest,
    samples: samples.map(({ metric, timeMs, value: values }) => ({
      metric,
      series: {
        timeMs: Float64Array.from(timeMs),
        value: Float64Array.from(values, (one) => one ?? Number.NaN),
      },
    })),
  }
  // It is what tabs send each other, so the same shape vouches for it.
  const message = readTabMessage({ kind: 'observed', observation, source: null })
  return message?.kind === 'observed' ? message.observation : null
}

type Columns = { metric: string; timeMs: number[]; value: (number | null)[] }

function isColumns(entry: unknown): entry is Columns {
  const { metric, timeMs, value } = (entry ?? {}) as Partial<Columns>
  return (
    typeof metric === 'string' &&
    Array.isArray(timeMs) &&
    Array.isArray(value) &&
    timeMs.length === value.length &&
    timeMs.every((at) => typeof at === 'number') &&
    value.every((one) => one === null || typeof one === 'number')
  )
}
