import type { Metric } from '#domain/metrics/metric.ts'
import { NOTHING_OBSERVED, type Observation, observation } from '#domain/observation.ts'
import { type DurationMs, durationMs, type MetricId, metricId, sourceId } from '#domain/units.ts'
import { columnsOf } from '../columnsOf.ts'
import type { AskContext, PolledSource } from '../polledSource.ts'
import { SourceError } from '../sourceError.ts'
import { type Point, readEntries } from './feedEntries.ts'
import { feedMetric, usualIntervalMs } from './feedMetric.ts'
import { chosenOrganisation, feedOrganisations } from './feedOrganisations.ts'
import { askFeed, type FeedAddress } from './feedRequest.ts'
import { type FeedPage, pageShape } from './feedShape.ts'
import { createReplayFilter } from './replayFilter.ts'

/** An hour of a busy feed is a few pages; more than this waits for the next turn. */
const PAGES_PER_TURN = 40

type Options = FeedAddress & {
  /** As the feed names it; null takes the one it names like `alsoKnownAs`, else its only one. */
  organisation: string | null
  /** Ids and names of the organisation being watched. */
  alsoKnownAs?: readonly string[]
  /** For people: `Feed of the simulator`. */
  origin: string
  everyMs?: DurationMs
  /** Metrics that another source describes better: the feed only adds samples to them. */
  described?: ReadonlySet<MetricId>
  /** Told once per page that holds entries which had to be left out, in one sentence. */
  onRejected?: (problem: string) => void
}

/**
 * Reads a feed of protocol v1 (docs/formats.md) from where it stood at the turn before. A 410
 * starts again without counting anything twice. Pages that were read are handed on even when the
 * next one fails; that failure then meets the next turn.
 */
export function createFeedSource(options: Options): PolledSource {
  const { url, everyMs = durationMs(2000), onRejected } = options
  const replay = createReplayFilter()
  const reader = createPageReader(options, everyMs)
  let organisation = options.organisation
  let cursor: string | null = null

  async function ask(context: AskContext): Promise<Observation> {
    organisation ??= chosenOrganisation(
      await feedOrganisations(context, options),
      options.alsoKnownAs ?? [],
    )
    let observed = NOTHING_OBSERVED
    for (let page = 0; page < PAGES_PER_TURN; page += 1) {
      let next: FeedPage
      try {
        next = await nextPage(context, organisation)
      } catch (error) {
        if (page === 0) throw error
        break
      }
      const isStuck = next.cursor === cursor
      cursor = next.cursor
      observed = joined(observed, readPage(next))
      if (next.hasMore && !isStuck) continue
      replay.caughtUp()
      break
    }
    return observed
  }

  async function nextPage(context: AskContext, org: string): Promise<FeedPage> {
    try {
      return await askFeed(context, options, '/v1/changes', queryOf(org, cursor), pageShape)
    } catch (error) {
      const isLost = error instanceof SourceError && error.details.status === 410
      if (!isLost || cursor === null) throw error
      cursor = null
      replay.restart()
      return nextPage(context, org)
    }
  }

  function readPage(page: FeedPage): Observation {
    const { points, errors, clients, rejected, ...entries } = reader.read(page)
    if (rejected.length > 0)
      onRejected?.(
        `${rejected.length} entries of the feed were left out; the first: ${rejected[0]}.`,
      )
    return reader.observationOf({
      ...entries,
      points: replay.points(points),
      errors: replay.errors(errors),
      clients: replay.clients(clients),
    })
  }

  return { id: sourceId(`feed ${url}`), title: options.origin, everyMs, metrics: [], ask }
}

const queryOf = (organisation: string, after: string | null) => ({
  organisation,
  ...(after === null ? {} : { after }),
})

type ReadEntries = Omit<ReturnType<typeof readEntries>, 'rejected'>

/** Knows which metrics a feed has described so far. */
function createPageReader({ origin, described }: Options, everyMs: DurationMs) {
  const known = new Map<MetricId, Metric>()
  const isDescribed = (id: MetricId) => described?.has(id) ?? false
  const isKnown = (id: string) => known.has(metricId(id)) || isDescribed(metricId(id))
  return {
    read: (page: FeedPage) => readEntries(page, isKnown),
    observationOf({ metrics, points, ...entries }: ReadEntries): Observation {
      const samples = [...byMetric(points)].map(([metric, own]) => ({
        metric,
        series: columnsOf(own),
      }))
      const timesOf = new Map(samples.map(({ metric, series }) => [metric, series.timeMs]))
      const news = metrics.flatMap((entry) => {
        const before = known.get(metricId(entry.id))
        const times = timesOf.get(metricId(entry.id))
        const seen = times ? usualIntervalMs(times, everyMs) : null
        const usual = seen ?? before?.intervalMs ?? everyMs
        const metric = feedMetric(entry, origin, usual)
        known.set(metric.id, metric)
        const isNews = !before || JSON.stringify(before) !== JSON.stringify(metric)
        return isNews && !isDescribed(metric.id) ? [metric] : []
      })
      return observation({ metrics: news, samples, ...entries })
    },
  }
}

function byMetric(points: readonly Point[]): Map<MetricId, Point[]> {
  const groups = new Map<MetricId, Point[]>()
  for (const point of points) {
    const group = groups.get(point.metric)
    if (group) group.push(point)
    else groups.set(point.metric, [point])
  }
  return groups
}

const joined = (a: Observation, b: Observation): Observation => ({
  metrics: [...a.metrics, ...b.metrics],
  samples: [...a.samples, ...b.samples],
  limits: [...a.limits, ...b.limits],
  errors: [...a.errors, ...b.errors],
  markers: [...a.markers, ...b.markers],
  clients: [...a.clients, ...b.clients],
  registry: [],
})
