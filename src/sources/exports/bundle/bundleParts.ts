import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import { CLIENT_EVENT_KINDS, type ClientEvent } from '#domain/evidence/demand/clientEvents.ts'
import type { EvidenceReport } from '#domain/evidence/evidence.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { type BundlePart, type FixedPart, seriesPart } from './bundleFormat.ts'
import { jsonText, listText, objectText } from './partText.ts'
import { reportText } from './reportText.ts'
import { timeSteps } from './timeSteps.ts'

/** An incident and its evidence as the parts of a bundle, in their order (docs/formats.md). */
export function bundleParts(incident: Incident, report: EvidenceReport): BundlePart[] {
  const { samples, limits, errors, markers, clients, sources, notes } = incident
  const fixed = (part: FixedPart, text: string) => ({ part, text: `\n${text}\n` })
  return [
    fixed('head', headText(incident)),
    ...samples.map((one, i) => ({ part: seriesPart(i), text: `\n${seriesText(one)}\n` })),
    fixed('limits', listText(limits)),
    fixed('errors', errorsText(errors)),
    fixed('markers', listText(markers)),
    fixed('clients', clientsText(clients)),
    fixed('sources', listText(sources)),
    fixed('notes', listText(notes)),
    fixed('report', reportText(report)),
  ]
}

function headText(incident: Incident): string {
  const { title, organisation, from, to, zone, comparison, own, clockErrorMs, metrics } = incident
  return objectText({
    title: jsonText(title),
    organisation: jsonText(organisation),
    from: jsonText(from),
    to: jsonText(to),
    zone: jsonText(zone),
    comparison: jsonText(comparison),
    own: jsonText(own),
    clockErrorMs: jsonText(clockErrorMs),
    metrics: listText(metrics),
  })
}

/** One sample per line: when, and how many; null is a gap. */
function seriesText({ metric, series }: Incident['samples'][number]): string {
  const { times, fromMs, values } = timeSteps(series.timeMs)
  const rows = values.map((step, i) => [step, valueOut(series.value[i]!)])
  return objectText({
    metric: jsonText(metric),
    times: jsonText(times),
    fromMs: jsonText(fromMs),
    rows: listText(rows),
  })
}

/** JSON has no infinity, and one zero. */
const valueOut = (value: number): number | string | null => {
  if (Number.isNaN(value)) return null
  return Number.isFinite(value) ? value : String(value)
}

/** Most failures of an incident are alike: what they have in common is written once. */
function errorsText(errors: readonly ErrorEvent[]): string {
  const { times, fromMs, values } = timeSteps(errors.map(({ at }) => at))
  const kinds = new Map<string, number>()
  const rows = errors.map((event, i) => {
    const { count, correlationId } = event
    const number = numberOf(kinds, jsonText(kindOf(event)))
    return [values[i]!, number, count, ...(correlationId === null ? [] : [correlationId])]
  })
  return objectText({
    times: jsonText(times),
    fromMs: jsonText(fromMs),
    kinds: kinds.size === 0 ? '[]' : `[\n${[...kinds.keys()].join(',\n')}\n]`,
    rows: listText(rows),
  })
}

/** Two equal kinds are written alike, in whatever order their fields were set. */
const kindOf = (kind: ErrorEvent) => ({
  class: kind.class,
  place: kind.place,
  status: kind.status,
  source: kind.source,
  route: kind.route,
  app: kind.app,
  code: kind.code,
  message: kind.message,
  limit: kind.limit,
})

function clientsText(clients: readonly ClientEvent[]): string {
  const { times, fromMs, values } = timeSteps(clients.map(({ at }) => at))
  const names = new Map<string, number>()
  const rows = clients.map(({ kind, client, tookMs }, i) => [
    values[i]!,
    CLIENT_EVENT_KINDS.indexOf(kind),
    numberOf(names, client),
    tookMs,
  ])
  return objectText({
    times: jsonText(times),
    fromMs: jsonText(fromMs),
    kinds: jsonText(CLIENT_EVENT_KINDS),
    names: jsonText([...names.keys()]),
    rows: listText(rows),
  })
}

/** The place of a text among those that were met, in the order of their first. */
function numberOf(met: Map<string, number>, text: string): number {
  const number = met.get(text) ?? met.size
  met.set(text, number)
  return number
}
