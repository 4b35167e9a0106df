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

/** So many of the metrics have a limit. */
const LIMITED = 4
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

/** Every second day somebody tests for so long, from noon on, and is refused three times in ten seconds. */
const TEST_MS = 20 * 60_000
const REFUSED = 3

/** How often somebody was refused by an instant, since `from`. */
export function refusedBy(from: number, atMs: number, everyMs: number): number {
  let refused = 0
  for (let noon = from + DAY_MS / 2; noon < atMs; noon += 2 * DAY_MS)
    refused += REFUSED * Math.ceil(Math.min(TEST_MS, atMs - noon) / everyMs)
  return refused
}

/** Writes it a day at a time; the first metric has one spike in the middle of it all, where limits are raised. */
export async function writePast(url: string, load: PastLoad): Promise<void> {
  const { organisation, metrics, from, to, everyMs } = load
  const middle = from + Math.round((to - from) / 2 / everyMs) * everyMs
  for (let day = from; day < to; day += DAY_MS) {
    const times: number[] = []
    for (let at = day; at < Math.min(day + DAY_MS, to); at += everyMs) times.push(at)
    const told = (name: string, labels: object, valueAt: (at: number) => number) =>
      line(name, { organisation, ...labels }, times, times.map(valueAt))
    const lines = [
      told('tidemark_organisation_info', { name: organisation, region: 'bench' }, () => 1),
      told('tidemark_errors_total', { class: 'capacity', status: '503' }, (at) =>
        refusedBy(from, at, everyMs),
      ),
      told('tidemark_attempts_total', { metric: 'bench.attempts' }, (at) => (at - from) / everyMs),
      ...metrics.flatMap((metric, i) => [
        told('tidemark_usage', { metric }, (at) =>
          i === 0 && at === middle ? SPIKE : levelAt(i, at),
        ),
        told(
          'tidemark_metric_info',
          { metric, title: metric, unit: 'count', provenance: 'measured', scope: 'organisation' },
          () => 1,
        ),
        ...(i < LIMITED
          ? [told('tidemark_limit', { metric }, (at) => (at < middle ? 1_000 : 1_200))]
          : []),
      ]),
    ]
    await accepted(fetch(`${url}/api/v1/import`, { method: 'POST', body: lines.join('') }))
  }
  await accepted(fetch(`${url}/internal/force_flush`))
}

async function accepted(reply: Promise<Response>) {
  const { ok, status, url } = await reply
  if (!ok) throw new Error(`${url} answered ${status}`)
}
