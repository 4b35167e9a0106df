import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import { beforeAfterWords } from '#domain/evidence/raise/beforeAfterWords.ts'
import { verdictWords } from '#domain/evidence/verdict/verdictWords.ts'
import { highestWithin } from '#domain/series/highestWithin.ts'
import { EMPTY_SERIES } from '#domain/series/series.ts'
import { trustText } from '#domain/evidence/parts/trustWords.ts'
import type { IncidentFindings } from '#domain/incident/findingsOf.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { countedOnce, incidentSubject, limitsOf } from '#domain/incident/incidentEvidence.ts'
import { formatCount } from '#domain/format.ts'
import { limitAt } from '#domain/metrics/limitSteps.ts'
import { type EpochMs, epochMs, MINUTE_MS } from '#domain/units.ts'
import { createRedactor, type Redactor } from '../imports/redaction.ts'
import { countOf } from './charts/errorChart.ts'
import { lineName } from '#domain/metrics/lineName.ts'
import { isoText, simulatedWords } from './words/incidentWords.ts'
import { limitSpans } from './words/limitSpans.ts'
import { type MovingLimit, movingLimit } from './words/movingLimit.ts'
import { clockWords } from './words/sourceTable.ts'

/** One reply that support can look up. */
export type CareReply = {
  correlationId: string
  utc: string
  status: number | null
  class: string
  route: string | null
}

/** What support of Genesys Cloud asks for, free of secrets. Plain data: the JSON beside the text. */
export type CarePacket = {
  format: 'tidemark-care-packet'
  version: 1
  /** Set where nothing of it comes from Genesys Cloud. */
  simulated: string | null
  organisation: { name: string; id: string; region: string; domain: string } | null
  window: { fromUtc: string; toUtc: string }
  limits: {
    /** As replies named them (`ErrorBody.limit`), most often first. */
    namedByServer: readonly {
      namespace: string | null
      key: string | null
      value: number | null
      replies: number
    }[]
    /** As they held in the window, by who told them. */
    inForce: readonly {
      metric: string
      source: string
      value: number | null
      fromUtc: string | null
    }[]
    /** Those that moved too often to be listed level by level. */
    moving: readonly ({ metric: string } & MovingLimit)[]
  }
  replies: { total: number; first: readonly CareReply[] }
  /** Refusals minute by minute around the one with most. */
  peak: readonly {
    minuteUtc: string
    refused: number
    attempts: number | null
    level: number | null
    limit: number | null
  }[]
  levelTitle: string | null
  evidence: { word: string; sentence: string; against: string; trust: string }
  tried: readonly string[]
  sources: readonly { name: string; kind: string; clock: string }[]
  /** What was left out of it, by kind. */
  notIncluded: readonly { what: string; count: number }[]
}

const MOST_REPLIES = 50
const MINUTES_AROUND = 3

/** The packet of an incident. Every text goes through the redactor, whoever wrote it. */
export function carePacket(incident: Incident, { report }: IncidentFindings): CarePacket {
  const redactor = createRedactor()
  const clean = (text: string) => redactor.clean(oneLine(text))
  const { organisation, from, to } = incident
  const simulated = simulatedWords(organisation)
  const { word, sentence, against } = verdictWords(report, 'UTC')
  const packet = {
    format: 'tidemark-care-packet' as const,
    version: 1 as const,
    simulated: simulated && clean(simulated),
    organisation: organisation && {
      name: clean(organisation.name),
      id: clean(organisation.id),
      region: clean(organisation.region),
      domain: clean(organisation.domain),
    },
    window: { fromUtc: isoText(from), toUtc: isoText(to) },
    limits: {
      namedByServer: namedLimits(incident, clean),
      ...limitsInForce(incident, clean),
    },
    replies: repliesOf(incident, clean),
    ...peakOf(incident, clean),
    evidence: {
      word: clean(word),
      sentence: clean(sentence),
      against: clean(against),
      trust: clean(trustText(report)),
    },
    tried: triedIn(incident, report.raise, clean),
    sources: incident.sources.map(({ name, kind, clock }) => ({
      name: clean(name),
      kind: clean(kind),
      clock: clean(clockWords(clock, { ...incident, zone: 'UTC' })),
    })),
  }
  return { ...packet, notIncluded: removalsIn(incident, redactor, clean) }
}

type Clean = (text: string) => string

/** A text in one line, without what is not seen: nothing in it can pass for a line of the packet. */
const oneLine = (text: string) =>
  text.replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, (all) => (all === '\u202f' ? all : ' ')).trim()

const orNull = (text: string | null, clean: Clean) => (text === null ? null : clean(text))

function namedLimits({ errors }: Incident, clean: Clean): CarePacket['limits']['namedByServer'] {
  const named = new Map<string, CarePacket['limits']['namedByServer'][number]>()
  for (const { limit, count } of errors) {
    if (!limit || (limit.key ?? limit.namespace ?? limit.value) === null) continue
    const key = JSON.stringify([limit.namespace, limit.key, limit.value])
    const replies = (named.get(key)?.replies ?? 0) + count
    named.set(key, {
      namespace: orNull(limit.namespace, clean),
      key: orNull(limit.key, clean),
      value: limit.value,
      replies,
    })
  }
  return [...named.values()].sort((a, b) => b.replies - a.replies)
}

function limitsInForce(
  incident: Incident,
  clean: Clean,
): Pick<CarePacket['limits'], 'inForce' | 'moving'> {
  const names = new Map(incident.metrics.map((metric) => [metric.id, lineName(metric)]))
  // Limits that nobody ever knew tell support nothing.
  const known = [...limitsOf(incident)].filter(([, steps]) =>
    steps.some(({ value }) => value !== null),
  )
  const limits = known.map(([id, steps]) => {
    const told = limitSpans(steps, incident).filter(({ since }) => since !== null)
    return { metric: clean(names.get(id) ?? id), told, moving: movingLimit(told) }
  })
  return {
    inForce: limits
      .filter(({ moving }) => moving === null)
      .flatMap(({ metric, told }) =>
        told.map(({ value, source, since, isEarlier }) => ({
          metric,
          source: clean(source),
          value,
          fromUtc: isEarlier ? null : isoText(since!),
        })),
      ),
    moving: limits.flatMap(({ metric, moving }) =>
      moving ? [{ metric, ...moving, source: clean(moving.source) }] : [],
    ),
  }
}

/** Refusals first, then the other failures, each by time; every id once. */
function repliesOf({ errors }: Incident, clean: Clean): CarePacket['replies'] {
  const known = new Map<string, ErrorEvent>()
  const rank = (event: ErrorEvent) => (event.class === 'capacity' ? 0 : 1)
  for (const event of errors.toSorted((a, b) => rank(a) - rank(b) || a.at - b.at))
    if (event.correlationId !== null && !known.has(event.correlationId))
      known.set(event.correlationId, event)
  const first = [...known.values()].slice(0, MOST_REPLIES).map((event) => ({
    correlationId: clean(event.correlationId!),
    utc: isoText(event.at),
    status: event.status,
    class: event.class,
    route: orNull(event.route, clean),
  }))
  return { total: known.size, first }
}

/** The minutes around the one with most refusals; none where nothing was refused. */
function peakOf(incident: Incident, clean: Clean): Pick<CarePacket, 'peak' | 'levelTitle'> {
  const { metric, attempts } = incidentSubject(incident)
  const levelTitle = metric && clean(lineName(metric))
  const refused = countedOnce(incident.errors).filter(
    ({ class: name, at }) => name === 'capacity' && at >= incident.from && at < incident.to,
  )
  const perMinute = new Map<number, ErrorEvent[]>()
  for (const event of refused) {
    const minute = Math.floor(event.at / MINUTE_MS)
    const events = perMinute.get(minute)
    if (events) events.push(event)
    else perMinute.set(minute, [event])
  }
  const counts = [...perMinute].map(([minute, events]) => ({ minute, count: countOf(events) }))
  const peak = counts.reduce<(typeof counts)[number] | null>(
    (most, one) => (one.count > (most?.count ?? 0) ? one : most),
    null,
  )
  if (!peak) return { peak: [], levelTitle }
  const seriesOf = (id: string | undefined) =>
    incident.samples.find((one) => one.metric === id)?.series ?? EMPTY_SERIES
  const limits = (metric && limitsOf(incident).get(metric.id)) ?? []
  const minutes = Array.from(
    { length: 2 * MINUTES_AROUND + 1 },
    (_, i) => peak.minute - MINUTES_AROUND + i,
  ).filter((minute) => (minute + 1) * MINUTE_MS > incident.from && minute * MINUTE_MS < incident.to)
  return {
    levelTitle,
    peak: minutes.map((minute) => {
      const [start, end] = [epochMs(minute * MINUTE_MS), epochMs((minute + 1) * MINUTE_MS)]
      return {
        minuteUtc: isoText(start),
        refused: countOf(perMinute.get(minute) ?? []),
        attempts: attempts ? sumWithin(seriesOf(attempts.id), start, end) : null,
        level: highestWithin(seriesOf(metric?.id), start, end),
        limit: limitAt(limits, epochMs(end - 1)),
      }
    }),
  }
}

/** What was counted in (from, to]: a sample counts the time before it. Null where there is none. */
function sumWithin(
  { timeMs, value }: typeof EMPTY_SERIES,
  from: EpochMs,
  to: EpochMs,
): number | null {
  let sum: number | null = null
  for (let i = 0; i < timeMs.length; i++)
    if (timeMs[i]! > from && timeMs[i]! <= to && Number.isFinite(value[i]))
      sum = (sum ?? 0) + value[i]!
  return sum
}

/** Changes of limits within the window, and what came of the newest. */
function triedIn(
  incident: Incident,
  raise: IncidentFindings['report']['raise'],
  clean: Clean,
): readonly string[] {
  const { markers, from, to } = incident
  const names = new Map(incident.metrics.map((metric) => [metric.id, lineName(metric)]))
  const valueText = (value: number | null) => (value === null ? 'unknown' : formatCount(value))
  const changes = [...limitsOf(incident)].flatMap(([metric, steps]) => {
    const isMoving = movingLimit(limitSpans(steps, incident)) !== null
    return steps.flatMap((step, i) => {
      const before = steps[i - 1]
      if (!before || step.from < from || step.from >= to || step.value === before.value) return []
      const text = `${names.get(metric) ?? metric}: limit ${valueText(before.value)} to ${valueText(step.value)}, ${step.source}`
      return [{ at: step.from, text, isMoving }]
    })
  })
  const changedAt = new Set(changes.map(({ at }) => at))
  const told = markers
    .filter(({ kind, at }) => kind === 'limitChanged' && at >= from && at < to)
    // What the steps say already.
    .filter(({ at }) => !changedAt.has(at))
    .map(({ at, label }) => ({ at, text: label }))
  // A limit that moves by itself was tried by nobody: `limits.moving` tells of it.
  const lines = [...changes.filter(({ isMoving }) => !isMoving), ...told]
    .sort((a, b) => a.at - b.at)
    .map(({ at, text }) => `${isoText(at)} ${clean(text)}`)
  if (!raise) return lines
  const { title, sentence, against } = beforeAfterWords(raise, 'UTC')
  return [...lines, clean(`${title} UTC. ${sentence} ${against}`)]
}

/** Secrets by kind: those that left with the files, and those that were still in texts. */
function removalsIn(
  { sources }: Incident,
  redactor: Redactor,
  clean: Clean,
): CarePacket['notIncluded'] {
  const counts = new Map<string, number>()
  const removals = [...sources.flatMap((source) => source.removals), ...redactor.removals()]
  for (const { what, count } of removals) {
    const kind = clean(what)
    counts.set(kind, (counts.get(kind) ?? 0) + count)
  }
  return [...counts]
    .map(([what, count]) => ({ what, count }))
    .sort((a, b) => b.count - a.count || a.what.localeCompare(b.what))
}
