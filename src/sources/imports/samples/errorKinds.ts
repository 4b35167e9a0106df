import { type ErrorEvent, errorEvent } from '#domain/errors/errorEvent.ts'
import { epochMs } from '#domain/units.ts'
import type { Redactor } from '../redaction.ts'
import type { FileNames } from './fileSeries.ts'
import type { Failure } from './failure.ts'
import type { Sample } from './sample.ts'
import { type SampleTexts, NO_COLUMN } from './sampleTexts.ts'

/** What a test plan calls its samplers is few; addresses with numbers in them may be millions. */
const MAX_ROUTES = 2_000
/** Beside a route there is room for so many thread groups in one number. */
const APPS = 2 ** 32

/**
 * Numbers the kinds of failure: what makes failures of one second the same is class, status, code,
 * label and thread group. Texts are cleaned once each.
 */
export function createErrorKinds(
  { kind: source, groupOf }: Pick<FileNames, 'kind' | 'groupOf'>,
  texts: SampleTexts,
  redactor: Redactor,
) {
  const kinds: ErrorEvent[] = []
  const causes = new Map<Failure, number>()
  const causeNumbers = new Map<string, number>()
  const codes: (string | null)[] = []
  /** By number of the cause, then by route and app. */
  const kindNumbers: Map<number, number>[] = []
  const routes: (string | null)[] = [null]
  const routeNumbers = new Map<string, number>()
  const routeOfLabel: (number | undefined)[] = []
  const apps: (string | null)[] = [null]
  const appNumbers = new Map<string, number>()
  const appOfThread: (number | undefined)[] = []
  let hasTooManyRoutes = false

  function causeOf(failure: Failure): number {
    const known = causes.get(failure)
    if (known !== undefined) return known
    const code = failure.code === null ? null : redactor.clean(failure.code)
    const key = JSON.stringify([failure.class, failure.status, code])
    const cause = causeNumbers.get(key) ?? codes.push(code) - 1
    causeNumbers.set(key, cause)
    kindNumbers[cause] ??= new Map()
    causes.set(failure, cause)
    return cause
  }

  function routeOf(label: number): number {
    const text = texts.label.text(label)
    if (text === '') return 0
    const route = redactor.clean(text)
    const known = routeNumbers.get(route)
    if (known !== undefined) return known
    if (routeNumbers.size >= MAX_ROUTES) {
      hasTooManyRoutes = true
      return 0
    }
    routeNumbers.set(route, routes.length)
    return routes.push(route) - 1
  }

  function appOf(thread: number): number {
    const app = redactor.clean(groupOf(texts.thread.text(thread)))
    if (app === '') return 0
    const known = appNumbers.get(app)
    if (known !== undefined) return known
    appNumbers.set(app, apps.length)
    return apps.push(app) - 1
  }

  return {
    kindOf({ label, thread }: Sample, failure: Failure): number {
      const cause = causeOf(failure)
      const route = label === NO_COLUMN ? 0 : (routeOfLabel[label] ??= routeOf(label))
      const app = thread === NO_COLUMN ? 0 : (appOfThread[thread] ??= appOf(thread))
      const ofCause = kindNumbers[cause]!
      const key = route * APPS + app
      const known = ofCause.get(key)
      if (known !== undefined) return known
      const kind = kinds.length
      ofCause.set(key, kind)
      kinds.push(
        errorEvent({
          at: epochMs(0),
          class: failure.class,
          status: failure.status,
          source,
          code: codes[cause]!,
          route: routes[route]!,
          app: apps[app]!,
        }),
      )
      return kind
    },
    /** An event of this kind: its time, count, place and message are those of the single event. */
    kind: (number: number): ErrorEvent => kinds[number]!,
    hasTooManyRoutes: () => hasTooManyRoutes,
  }
}
