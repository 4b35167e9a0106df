import * as z from 'zod/mini'
import { ERROR_CLASSES } from '#domain/errors/errorEvent.ts'
import type { Span } from '#domain/incident/incident.ts'
import { type EpochMs, epochMs, type MetricId, metricId } from '#domain/units.ts'
import { isKnownZone } from '../preferences.ts'

/** An instant with its zone, as links write it: without a zone it would mean another instant elsewhere. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/

export const instant = z.pipe(
  z.string().check(
    z.regex(INSTANT),
    z.refine((text) => !Number.isNaN(Date.parse(text))),
  ),
  z.transform((text) => epochMs(Date.parse(text))),
)
export const zone = z.string().check(z.refine(isKnownZone))
export const series = z.pipe(
  z.string().check(z.regex(/^[^,]+(,[^,]+)*$/)),
  z.transform((text) => text.split(',').map((id) => metricId(decodeURIComponent(id)))),
)

export const errors = z.pipe(
  z.transform((value: unknown) => (typeof value === 'string' ? value.split(',') : value)),
  z.array(z.enum(ERROR_CLASSES)).check(z.minLength(1)),
)

/** `FROM/TO`, as ISO 8601 writes an interval. */
export const span = z.pipe(
  z.pipe(
    z.pipe(
      z.string(),
      z.transform((text) => text.split('/')),
    ),
    z.tuple([instant, instant]),
  ),
  z.transform(([from, to]): Span => ({ from, to })),
)

export const instantText = (at: EpochMs) => new Date(at).toISOString()
export const spanText = ({ from, to }: Span) => `${instantText(from)}/${instantText(to)}`
export const seriesText = (ids: readonly MetricId[]) => ids.map(encodeURIComponent).join(',')

/** More sentences than these push the screen away and say no more than one. */
const MOST_NOTICES = 2
const torn = (count: number) =>
  `${count} parts of the link are not understood; what is usual stands in their place.`

/**
 * Reads the parameters of an address. One that is not understood gives null and is named in a sentence,
 * so that a bad link never breaks the screen nor silently shows something else.
 */
export function linkReader<Name extends string>(search: Readonly<Record<string, unknown>>) {
  const notices: string[] = []
  const say = (sentence: string) => void notices.push(sentence)
  const read = <T>(name: Name, schema: z.ZodMiniType<T>, otherwise: string): T | null => {
    const value = search[name]
    if (value === undefined || value === '') return null
    const parsed = safely(schema, value)
    if (parsed !== null) return parsed
    say(`The link says ${name}=${textOf(value)}, which is not understood; ${otherwise}.`)
    return null
  }
  return {
    read,
    say,
    notices: (): readonly string[] =>
      notices.length > MOST_NOTICES ? [torn(notices.length)] : notices,
  }
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

/** A parsed value, or null: `decodeURIComponent` throws on a torn escape. */
function safely<T>(schema: z.ZodMiniType<T>, value: unknown): T | null {
  try {
    const parsed = schema.safeParse(value)
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
