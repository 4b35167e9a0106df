import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One sample as feed protocol v1 writes it. */
export type ToldSample = { metric: string; atMs: number; value: number | null }

const STEP_MS = 100
const METRICS = Array.from({ length: 20 }, (_, i) => `sockets.${i + 1}`)

/**
 * A feed without a past, on a port: it tells of every tenth of a second since it was asked last, and to
 * a reader that begins of nothing before. What a reader does not write down is gone.
 */
export async function startLiveFeed() {
  const told: (readonly ToldSample[])[] = []
  let lastStep = 0

  function samplesSince(isFirst: boolean): ToldSample[] {
    const step = Math.floor(Date.now() / STEP_MS)
    const from = isFirst ? step : lastStep + 1
    lastStep = step
    return Array.from({ length: Math.max(0, step - from + 1) }, (_, i) => from + i).flatMap((one) =>
      METRICS.map((metric) => ({ metric, atMs: one * STEP_MS, value: one % 1_000 })),
    )
  }

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://feed')
    const answer = (value: unknown) => {
      response.setHeader('Content-Type', 'application/json')
      response.end(JSON.stringify(value))
    }
    if (pathname !== '/v1/changes') return answer([{ id: 'proxy', name: 'Proxy', region: 'here' }])
    const samples = samplesSince(!searchParams.has('after'))
    told.push(samples)
    const metrics = METRICS.map((id) => ({
      id,
      title: id,
      unit: 'count',
      kind: 'gauge',
      provenance: 'measured',
      scope: 'organisation',
      everyMs: STEP_MS,
    }))
    const none = { errors: [], limits: [], markers: [] }
    return answer({ cursor: String(told.length), hasMore: false, metrics, samples, ...none })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stepMs: STEP_MS,
    metrics: METRICS,
    /** What was told, by reply. */
    told: (): readonly (readonly ToldSample[])[] => told,
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}
