import type { Metric } from '#domain/metrics/metric.ts'
import { NOTHING_OBSERVED, type Observation } from '#domain/observation.ts'
import { metricId } from '#domain/units.ts'
import { type JtlReading, openJtlReading } from '#sources/imports/jtl/jtlReading.ts'
import { createInFlight } from './inFlight.ts'

/** The reading of a JTL that is written, with the requests in flight beside what every reading tells. */
export function openCountedReading(name: string): JtlReading {
  const inFlight = createInFlight()
  const reading = openJtlReading(name, { onAttempt: (attempt) => inFlight.add(attempt) })
  let metric: Metric | null = null
  let isTold = false
  let isOver = false

  /** The requests in flight as an observation; a metric is described with its first samples. */
  function countedNews(isQuiet: boolean): Observation {
    const series = metric && inFlight.news(isQuiet || isOver)
    if (!metric || !series || series.timeMs.length === 0) return NOTHING_OBSERVED
    const metrics = isTold ? [] : [metric]
    isTold = true
    return { ...NOTHING_OBSERVED, metrics, samples: [{ metric: metric.id, series }] }
  }

  return {
    ...reading,
    news({ isQuiet = false } = {}) {
      const observed = reading.news({ isQuiet })
      metric ??= observed.metrics[0] ? inFlightMetric(observed.metrics[0]) : null
      const counted = countedNews(isQuiet)
      return {
        ...observed,
        metrics: [...observed.metrics, ...counted.metrics],
        samples: [...observed.samples, ...counted.samples],
      }
    },
    end() {
      isOver = true
      return reading.end()
    },
  }
}

/** Its id and origin follow those of another series of the same file. */
const inFlightMetric = ({ id, ...known }: Metric): Metric => ({
  ...known,
  id: metricId(`jtl.inFlight:${id.slice(id.indexOf(':') + 1)}`),
  title: 'Requests in flight',
  kind: 'gauge',
  group: 'connections',
  note: 'mean of each second; refused ones were never in flight',
})
