/** What a recorder would have had a Prometheus keep of one organisation, written straight into VictoriaMetrics. */
export type PastLoad = {
  organisation: string
  metrics: readonly string[]
  from: number
  to: number
  everyMs: number
}

/** The one sample that must be seen at any resolution. */
export const SPIKE = 9_999

const DAY_MS = 86_400_000

/** A level that wanders over the day, the same at every run. */
function levelAt(metric: number, atMs: number): number {
  const daily = Math.sin((2 * Math.PI * atMs) / DAY_MS + metric)
  const hourly = Math.sin((2 * Math.PI * atMs) / 3_600_000 + 3 * metric)
  const noise = ((atMs / 1000) * 2_654_435_761 * (metric + 1)) % 97
  return Math.round(600 + 250 * daily + 60 * hourly + noise)
}

/** One line of `/api/v1/import`. */
const line = (name: string, labels: object, timestamps: number[], values: number[]) =>
  `${JSON.stringify({ metric: { __name__: name, ...labels }, values, timestamps })}\n`

/** Writes it a day at a time; the first metric has one spike in the middle of it all. */
export async function writePast(url: string, load: PastLoad): Promise<void> {
  const { organisation, metrics, from, to, everyMs } = load
  const spikeAt = from + Math.round((to - from) / 2 / everyMs) * everyMs
  for (let day = from; day < to; day += DAY_MS) {
    const times: number[] = []
    for (let at = day; at < Math.min(day + DAY_MS, to); at += everyMs) times.push(at)
    const lines = metrics.flatMap((metric, i) => {
      const labels = { organisation, metric }
      const level = times.map((at) => (i === 0 && at === spikeAt ? SPIKE : levelAt(i, at)))
      const described = {
        ...labels,
        title: metric,
        unit: 'count',
        provenance: 'measured',
        scope: 'organisation',
      }
      const ones = times.map(() => 1)
      return [
        line('tidemark_usage', labels, times, level),
        line('tidemark_metric_info', described, times, ones),
        ...(i < 4
          ? [
              line(
                'tidemark_limit',
                labels,
                times,
                times.map(() => 1_000),
              ),
            ]
          : []),
      ]
    })
    await accepted(fetch(`${url}/api/v1/import`, { method: 'POST', body: lines.join('') }))
  }
  await accepted(fetch(`${url}/internal/force_flush`))
}

async function accepted(reply: Promise<Response>) {
  const { ok, status, url } = await reply
  if (!ok) throw new Error(`${url} answered ${status}`)
}
