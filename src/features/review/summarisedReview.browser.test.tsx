import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import { NO_LIMIT_SETTINGS } from '#domain/limits/limitSettings.ts'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { observation } from '#domain/observation.ts'
import { DAY_MS, epochMs, HOUR_MS, later } from '#domain/units.ts'
import { createReviewDesk } from '#monitor/review/reviewDesk.ts'
import { createReviewWorker } from '#monitor/review/reviewWorker.ts'
import { createMemoryHistory } from '#sources/history/memoryHistory.ts'
import { importFile } from '#sources/imports/importFile.ts'
import { DEFAULT_REVIEW_VIEW, type ReviewView } from '#state/link/reviewLink.ts'
import { memoryDrafts } from '#testing/memoryDrafts.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { incidentAt, someIncident } from '#testing/someIncident.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { ReviewScreen } from './ReviewScreen.tsx'

const incident = someIncident()
const organisation = incident.organisation!
const window = { from: incident.from, to: incident.to }
const VIEW = { ...DEFAULT_REVIEW_VIEW, org: organisation.id, window, zone: 'UTC' }

/** A worker has to be loaded first. */
const WORKER_PATIENCE = { timeout: 20_000 }

/** The incident as its history tells it some time later. */
async function setup(now: number) {
  const history = createMemoryHistory('a test', window.from)
  const { metrics, samples, errors, limits } = incident
  history.write(
    organisation.id,
    observation({
      metrics,
      samples,
      errors,
      limits: limits.flatMap(({ metric, steps }) => steps.map((step) => ({ metric, step }))),
    }),
  )
  await history.prune(epochMs(now))
  const desk = createReviewDesk({
    key: organisation.id,
    zone: 'UTC',
    drafts: memoryDrafts(),
    history,
    worker: createReviewWorker(),
    readFile: importFile,
    random: () => 0.5,
    now: () => epochMs(now),
    pacing: () => () => Promise.resolve(),
  })
  const live = {
    own: 0,
    clockErrorMs: null,
    clients: [],
    thresholdsAt: () => null,
    limitSettings: NO_LIMIT_SETTINGS,
  }
  await desk.showHistory(organisation, window, live)
  await vi.waitFor(() => expect(desk.state().findings.kind).toBe('ready'), WORKER_PATIENCE)
  function Screen() {
    const [view, show] = useState<ReviewView>(VIEW)
    return (
      <ReviewScreen
        desk={desk}
        view={view}
        onView={show}
        notices={[]}
        organisation={organisation}
        organisations={[organisation]}
        now={() => epochMs(now)}
        viewerCode={() => Promise.resolve('')}
      />
    )
  }
  await render(
    <TidemarkTheme theme="dark">
      <Screen />
    </TidemarkTheme>,
  )
  const bar = page.getByRole('toolbar', { name: 'Review' })
  return { about: () => plainSpaces(bar.element().textContent) }
}

test('a month later the window is drawn from its summaries, and says so where a verdict would be', async () => {
  const { about } = await setup(window.to + 30 * DAY_MS)
  await expect.poll(about).toContain('1 h 45 min, lowest and highest of each minute')
  expect(about()).not.toContain('covered')
  const verdict = page.getByRole('region', { name: 'Verdict' })
  await expect.element(verdict).toHaveTextContent('No verdict on summaries')
  const charts = page.getByRole('region', { name: 'Charts' })
  await expect
    .poll(() => plainSpaces(charts.element().innerHTML))
    .toMatch(/: peak 1 \d{3} of 1 \d00/)
  await userEvent.keyboard('e')
  const evidence = page.getByRole('region', { name: 'Evidence' })
  await expect.element(evidence).toHaveTextContent(/A verdict needs the samples/)
})

test('a window that its samples reach into is judged on those, and says from when on they are', async () => {
  const edge = incidentAt('13:20:00')
  const { about } = await setup(later(edge, 14 * DAY_MS))
  await expect
    .poll(about)
    .toMatch(/raw from 17 Sep 11:20, before that lowest and highest of each minute, \d\d % covered/)
  const verdict = page.getByRole('region', { name: 'Verdict' })
  await expect.element(verdict).not.toHaveTextContent('No verdict on summaries')
})

test('an hour later all of it is raw', async () => {
  const { about } = await setup(window.to + HOUR_MS)
  await expect.poll(about).toContain('1 h 45 min, raw, every 10 s')
})
