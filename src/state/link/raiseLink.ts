import * as z from 'zod/mini'
import type { Span } from '#domain/incident/incident.ts'
import { type EpochMs, type MetricId, metricId } from '#domain/units.ts'
import { instant, instantText, linkReader, span, spanText, zone } from './linkFields.ts'

/** What a colleague sees from a link to a certificate. Null: nothing chosen, the screen decides. */
export type RaiseView = {
  metric: MetricId | null
  /** When the change was in force at the latest; null: the newest one. */
  at: EpochMs | null
  /** Two windows that somebody moved; null: those that are proposed. */
  windows: { before: Span; after: Span } | null
  zone: string | null
}

/** The parameters of the address, all text. */
export type RaiseSearch = Partial<Record<'metric' | 'at' | 'before' | 'after' | 'zone', string>>

export const DEFAULT_RAISE_VIEW: RaiseView = { metric: null, at: null, windows: null, zone: null }

const metric = z.pipe(
  z.string().check(z.minLength(1)),
  z.transform((text) => metricId(text)),
)

/** What an address asks to show, and what in it was not understood, one sentence each. */
export function raiseViewOf(search: Readonly<Record<string, unknown>>): {
  view: RaiseView
  notices: readonly string[]
} {
  const { read, say, notices } = linkReader<keyof RaiseSearch>(search)
  const before = read('before', span, 'the proposed windows are compared')
  const after = read('after', span, 'the proposed windows are compared')
  const isPair = before !== null && after !== null && isSpan(before) && isSpan(after)
  if (!isPair && (before ?? after) !== null)
    say('The link names no two windows; the proposed ones are compared.')
  return {
    view: {
      metric: read('metric', metric, 'the newest change is shown'),
      at: read('at', instant, 'the newest change is shown'),
      windows: isPair ? { before, after } : null,
      zone: read('zone', zone, 'your own zone is used'),
    },
    notices: notices(),
  }
}

const isSpan = ({ from, to }: Span) => to > from

/** The address that asks for a view: what is default is left out. */
export function raiseSearchOf({ metric: shown, at, windows, zone: own }: RaiseView): RaiseSearch {
  return {
    ...(shown === null ? {} : { metric: shown }),
    ...(at === null ? {} : { at: instantText(at) }),
    ...(windows ? { before: spanText(windows.before), after: spanText(windows.after) } : {}),
    ...(own ? { zone: own } : {}),
  }
}
