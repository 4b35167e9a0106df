import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { observation } from '#domain/observation.ts'
import { sourceId } from '#domain/units.ts'
import type { SourceStatus } from '#monitor/orgFacts.ts'
import { SourceError } from '#sources/sourceError.ts'
import { DEFAULT_LIVE_VIEW } from '#state/link/liveLink.ts'
import {
  ago,
  AT_LIMIT,
  button,
  connections,
  failingFeed,
  plain,
  renderLive,
  sessions,
} from '#testing/renderLive.tsx'

test('a chart that cannot be read says since when, why and what happens next', async () => {
  const { monitor } = await renderLive({ sources: [failingFeed] }, observation({}))
  await expect
    .element(page.getByText('WebSocket connections cannot be read since 12:22'))
    .toBeVisible()
  await expect
    .element(page.getByText('429, asked to wait 42 s. Next attempt at 12:30:42.'))
    .toBeVisible()
  await button('Try now').click()
  expect(monitor.asked.sources).toEqual(['feed'])
})

test('an empty window differs from a failed one', async () => {
  const { monitor } = await renderLive({}, AT_LIMIT, {
    ...DEFAULT_LIVE_VIEW,
    window: { kind: 'absolute', from: ago(7_200), to: ago(3_600) },
  })
  monitor.answerWindows()
  await expect.element(page.getByText('No samples before 12:20').first()).toBeVisible()
})

const gutterText = (name: string) => {
  const heading = page.getByRole('region', { name: 'Charts' }).getByRole('heading', { name })
  return plain(heading.element().closest('[class*=gutter]')!.textContent)
}

test('a source that fails is told beside what it brought before, and can be asked at once', async () => {
  const { monitor } = await renderLive({ sources: [failingFeed] })
  await expect
    .poll(() => gutterText('WebSocket connections'))
    .toContain(
      'WebSocket connections cannot be read since 12:22: 429, asked to wait 42 s. Try nowNext attempt at 12:30:42.',
    )
  expect(gutterText('WebSocket connections')).not.toContain('Every')
  const tile = page.getByRole('article', { name: 'WebSocket connections: At limit' })
  expect(plain(tile.element().textContent)).toContain('since 12:22: 429, asked to wait 42 s')
  // Only its own charts are concerned.
  expect(page.getByText(/cannot be read/).elements()).toHaveLength(1)
  await button('Try now').click()
  expect(monitor.asked.sources).toEqual(['feed'])
})

test('every chart that a failing source feeds says so', async () => {
  await renderLive({ sources: [{ ...failingFeed, metrics: [connections.id, sessions.id] }] })
  await expect.poll(() => page.getByText(/cannot be read since/).elements().length).toBe(2)
  expect(gutterText('Call sessions')).toContain('Call sessions cannot be read since 12:22')
})

test('a source that is off leaves its past in the chart, and no value in its tile', async () => {
  const failure = new SourceError('forbidden', 'no', { permission: 'telephony:callMetrics:view' })
  const off: SourceStatus = {
    ...failingFeed,
    id: sourceId('calls'),
    metrics: [sessions.id],
    state: 'off',
    failure: { ...failure.details, kind: 'forbidden', message: 'no' },
    nextAt: null,
  }
  await renderLive({ sources: [off] })
  const tile = page.getByRole('article', { name: 'Call sessions: Off' })
  await expect.element(tile).toBeVisible()
  expect(tile.element().textContent).toContain('telephony:callMetrics:view')
  expect(tile.element().textContent).not.toContain('300')
  expect(gutterText('Call sessions')).toContain(
    'Call sessions off since 12:22: permission missing: telephony:callMetrics:view.',
  )
  await expect
    .element(page.getByRole('img', { name: /^Call sessions, .*peak 300/ }))
    .toBeInTheDocument()
})

test('a window that ended before a source failed is empty for another reason', async () => {
  const { monitor } = await renderLive({ sources: [failingFeed] }, AT_LIMIT, {
    ...DEFAULT_LIVE_VIEW,
    window: { kind: 'absolute', from: ago(7_200), to: ago(3_600) },
  })
  monitor.answerWindows()
  await expect.element(page.getByText('No samples before 12:20').first()).toBeVisible()
  expect(gutterText('WebSocket connections')).toContain('cannot be read since 12:22')
})

test('however low the chart, the sentence in its gutter is seen whole', async () => {
  const failure = { ...failingFeed.failure!, kind: 'unexpectedShape' as const }
  const metrics = [connections.id, sessions.id]
  await renderLive({ sources: [{ ...failingFeed, metrics, failure }] })
  await page.viewport(1_280, 720)
  await expect.poll(() => page.getByText(/cannot be read since/).elements().length).toBe(2)
  for (const sentence of page.getByText(/cannot be read since/).elements()) {
    const gutter = sentence.closest('[class*=gutter]')!.getBoundingClientRect()
    const box = sentence.getBoundingClientRect()
    expect(box.bottom).toBeLessThanOrEqual(gutter.bottom)
    expect(box.right).toBeLessThanOrEqual(gutter.right + 0.5)
  }
})
