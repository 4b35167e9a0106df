import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { limitsInForce } from '#domain/limits/limitsInForce.ts'
import { EMPTY_BOOK } from '#domain/limits/registryBook.ts'
import { observation } from '#domain/observation.ts'
import { durationMs, epochMs, metricId, orgId } from '#domain/units.ts'
import { orgSources } from '#sources/config/orgSources.ts'
import { organisationConfig } from '#sources/config/tidemarkConfig.ts'
import { answering, json } from '#testing/answering.ts'
import { NOW, plain, renderLive, textOf } from '#testing/renderLive.tsx'

const EDGE = metricId('promql.edge')

/** An organisation whose proxy is counted by a Prometheus, with a limit that somebody typed. */
const config = organisationConfig({
  id: orgId('alder'),
  name: 'Alder',
  domain: 'mypurecloud.de',
  prometheus: { url: 'http://prometheus.test', readsHistory: false, organisation: null },
  queries: [
    {
      id: 'edge',
      title: 'Sockets at the edge',
      query: 'sum(haproxy_frontend_current_sessions)',
      unit: 'count',
      group: 'connections',
      provenance: 'measured',
      scope: 'organisation',
      everyMs: durationMs(15_000),
    },
  ],
  manualLimits: [
    {
      metric: EDGE,
      value: 1_000,
      from: epochMs(0),
      until: null,
      author: 'Kim',
      setAt: NOW,
      note: '',
    },
  ],
})

test.each([
  ['840', 'Warn'],
  ['940', 'Critical'],
])(
  '%s of a typed 1 000 at a proxy has a tile, and the chart it was put in: %s',
  async (number, state) => {
    const { feeds } = orgSources({ config, connection: null, feedBearer: () => null })
    const value = [NOW / 1000, number]
    const { context } = answering(
      () =>
        json({
          status: 'success',
          data: { resultType: 'vector', result: [{ metric: {}, value }] },
        }),
      NOW,
    )
    const told = await feeds[0]!.ask(context)
    const { limitKeys, manualLimits } = config
    const limits = limitsInForce({
      told: new Map(),
      metrics: told.metrics,
      book: EMPTY_BOOK,
      settings: { limitKeys, manualLimits },
    })
    await renderLive({ metrics: told.metrics, limits }, observation({ samples: told.samples }))
    const tile = page.getByRole('article', { name: /Sockets at the edge/ })
    await expect.element(tile).toBeVisible()
    const words = plain(tile.element().textContent)
    expect(words).toContain(state)
    expect(words).toContain(number)
    expect(words).toContain('1 000')
    expect(words).toContain('measured')
    expect(textOf('Charts')).toContain('Sockets at the edge')
  },
)
