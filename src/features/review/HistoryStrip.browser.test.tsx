import { useState } from 'react'
import { beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { errorEvent } from '#domain/errors/errorEvent.ts'
import type { Span } from '#domain/incident/incident.ts'
import { observation } from '#domain/observation.ts'
import { DAY_MS, type EpochMs, epochMs, HOUR_MS, MINUTE_MS, orgId } from '#domain/units.ts'
import { createPageTimer } from '#monitor/pageTimer.ts'
import { createHistoryStrip } from '#monitor/review/historyStrip.ts'
import type { History } from '#sources/history/history.ts'
import { createMemoryHistory } from '#sources/history/memoryHistory.ts'
import { showHistory } from '#state/preferences.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { someMetric } from '#testing/someMetric.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { HistoryStrip } from './HistoryStrip.tsx'

const NOW = epochMs(Date.UTC(2026, 10, 29, 18, 20))
const utc = (day: number, hour: number, minute = 0) =>
  epochMs(Date.UTC(2026, 10, day, hour, minute))
const ORG = orgId('elm')
const WIDTH_PX = 1440
const HOURS = 336
const open = someMetric('connections.open', {
  title: 'WebSocket connections',
  group: 'connections',
})
const UNWATCHED_FROM = utc(21, 8)
const UNWATCHED_HOURS = 36
/** Three hours at the wall, of which one refused. */
const FULL_FROM = utc(17, 13)

/** Days and nights, and one afternoon at the limit. */
function level(at: EpochMs): number {
  if (at >= FULL_FROM && at < FULL_FROM + 3 * HOUR_MS) return 1_000
  const hour = (at % DAY_MS) / HOUR_MS
  return Math.round(Math.max(0, 700 * Math.sin(((hour - 5) / 15) * Math.PI)))
}

function recorded(from: EpochMs, to: EpochMs): History {
  const history = createMemoryHistory('a test', from)
  const times = Array.from({ length: (to - from) / MINUTE_MS }, (_, i) => from + i * MINUTE_MS)
  const isWatched = (at: number) =>
    at < UNWATCHED_FROM || at >= UNWATCHED_FROM + UNWATCHED_HOURS * HOUR_MS
  const timeMs = Float64Array.from(times.filter(isWatched))
  const series = { timeMs, value: timeMs.map((at) => level(epochMs(at))) }
  const refused = (at: EpochMs, count: number) =>
    errorEvent({ at, class: 'capacity', source: 'feed', count })
  history.write(
    ORG,
    observation({
      metrics: [open],
      samples: [{ metric: open.id, series }],
      limits: [{ metric: open.id, step: { from, value: 1_000, source: 'test' } }],
      errors: [refused(utc(17, 14, 10), 300), refused(utc(17, 14, 50), 7), refused(utc(24, 9), 2)],
    }),
  )
  return { ...history, health: () => ({ kind: 'stored' }) }
}

beforeEach(() => showHistory(true))

async function setup(history: History, first: Span | null = null, zone = 'UTC', isRead = true) {
  const strip = createHistoryStrip({
    history,
    org: ORG,
    now: () => NOW,
    timer: createPageTimer(),
    pacing: () => () => Promise.resolve(),
  })
  const chosen: Span[] = []
  function Screen() {
    const [window, show] = useState(first)
    return (
      <TidemarkTheme theme="dark">
        <div style={{ width: WIDTH_PX }}>
          <HistoryStrip
            strip={strip}
            window={window}
            zone={zone}
            now={() => NOW}
            isReady
            onWindow={(next) => {
              chosen.push(next)
              show(next)
            }}
          />
        </div>
      </TidemarkTheme>
    )
  }
  await render(<Screen />)
  const region = page.getByRole('region', { name: 'History' })
  const slider = page.getByRole('slider', { name: 'History by the hour, WebSocket connections' })
  if (isRead) await expect.element(slider).toBeVisible()
  const placeOf = (at: EpochMs) => {
    const { width } = slider.element().getBoundingClientRect()
    const from = utc(15, 19)
    return { x: ((at - from) / HOUR_MS + 0.5) * (width / HOURS), y: 20 }
  }
  return {
    chosen,
    region,
    slider,
    placeOf,
    words: () => plainSpaces(region.element().textContent),
    said: () => plainSpaces(slider.element().getAttribute('aria-valuetext') ?? ''),
    path: (of: string) => region.element().querySelector(`[data-of="${of}"]`)?.getAttribute('d'),
    marks: () => region.element().querySelectorAll('[data-of="reviewed"]').length,
  }
}

const fortnight = () => recorded(utc(15, 10), epochMs(NOW))
const AFTERNOON = 'Tue 17 Nov, 14:00 to 15:00: highest 100 % of 1 000, 307 refused'

test('fourteen days stand side by side; what was full, refused and not watched is drawn apart', async () => {
  const { slider, words, path } = await setup(fortnight())
  await expect.element(slider).toBeVisible()
  expect(words()).toContain('15 Nov – 29 Nov 2026WebSocket connections, highest of each hour')
  expect(words()).toContain('Highest 100 % of 1 000 on Tue 17 Nov, 13:00 to 14:00; 309 refused')
  const boxes = (of: string) => path(of)!.split('M').length - 1
  await expect.poll(() => path('bars')).toBeTruthy()
  expect(boxes('missing')).toBe(UNWATCHED_HOURS)
  expect(boxes('bars')).toBe(HOURS - UNWATCHED_HOURS)
  expect(boxes('refused')).toBe(2)
})

test('a press shows the hour under it with some air, and marks it', async () => {
  const { slider, placeOf, chosen, words, marks } = await setup(fortnight())
  await slider.hover({ position: placeOf(utc(17, 14)) })
  expect(words()).toContain(AFTERNOON)
  await slider.click({ position: placeOf(utc(17, 14)) })
  expect(chosen).toEqual([{ from: utc(17, 13, 45), to: utc(17, 15, 15) }])
  await expect.poll(marks).toBe(1)
})

test('a drag chooses a stretch of whole hours, in either direction', async () => {
  const { slider, placeOf, chosen, words } = await setup(fortnight())
  const drag = (from: EpochMs, to: EpochMs) =>
    userEvent.dragAndDrop(slider, slider, {
      sourcePosition: placeOf(from),
      targetPosition: placeOf(to),
    })
  await drag(utc(17, 15), utc(17, 13))
  expect(chosen).toEqual([{ from: utc(17, 13), to: utc(17, 16) }])
  await drag(utc(23, 0), utc(24, 23))
  expect(chosen.at(-1)).toEqual({ from: utc(23, 0), to: utc(25, 0) })
  expect(words()).toContain('Tue 24 Nov, 23:00 to 00:00')
})

test('while it is dragged the stretch says what it comes to, and Esc takes it back', async () => {
  const { slider, placeOf, chosen, words } = await setup(fortnight())
  const element = slider.element() as HTMLElement
  // A pointer that was made up cannot be captured.
  element.setPointerCapture = () => undefined
  const { left, top } = element.getBoundingClientRect()
  const send = (kind: string, at: EpochMs) => {
    const { x, y } = placeOf(at)
    const where = { clientX: left + x, clientY: top + y, button: 0, bubbles: true }
    element.dispatchEvent(new PointerEvent(kind, where))
  }
  element.focus()
  send('pointerdown', utc(17, 15))
  send('pointermove', utc(17, 13))
  await expect
    .poll(words)
    .toContain('Tue 17 Nov, 13:00 to 16:00: highest 100 % of 1 000, 307 refused')
  await userEvent.keyboard('{Escape}')
  send('pointerup', utc(17, 13))
  expect(chosen).toEqual([])
})

test('the keys do the same: arrows choose, Enter shows, Esc leaves', async () => {
  const window = { from: utc(17, 13, 20), to: utc(17, 13, 50) }
  const { slider, said, chosen, region } = await setup(fortnight(), window)
  await expect.element(slider).toBeVisible()
  ;(slider.element() as HTMLElement).focus()
  await expect.poll(said).toMatch(/^Tue 17 Nov, 13:00 to 14:00/)
  await userEvent.keyboard('{ArrowRight}')
  await expect.poll(said).toBe(AFTERNOON)
  await userEvent.keyboard('{Enter}')
  expect(chosen.at(-1)).toEqual({ from: utc(17, 13, 45), to: utc(17, 15, 15) })
  await userEvent.keyboard('{ArrowUp}')
  await expect.poll(said).toMatch(/^Wed 18 Nov, 14:00 to 15:00: highest \d\d % of 1 000, none/)
  await userEvent.keyboard('{ArrowDown}{Shift>}{ArrowRight}{ArrowRight}{/Shift}{Enter}')
  expect(chosen.at(-1)).toEqual({ from: utc(17, 14), to: utc(17, 17) })
  await userEvent.keyboard('{Home}')
  await expect.poll(said).toMatch(/^Sun 15 Nov, 19:00/)
  await userEvent.keyboard('{End}{Enter}')
  // The hour that runs ends now.
  expect(chosen.at(-1)).toEqual({ from: utc(29, 17, 45), to: NOW })
  await userEvent.keyboard('{Escape}')
  expect(document.activeElement).toBe(document.body)
  expect(region.element().querySelector('[data-of="chosen"]')).toBeNull()
})

test('pages go back by fourteen days, by button and by key, as far as something is kept', async () => {
  const { slider, said, words } = await setup(recorded(utc(10, 10), epochMs(NOW)))
  const earlier = page.getByRole('button', { name: '14 days earlier' })
  const later14 = page.getByRole('button', { name: '14 days later' })
  await expect.element(later14).toBeDisabled()
  await earlier.click()
  await expect
    .poll(words)
    .toContain('2 Nov – 15 Nov 2026WebSocket connections, highest of each 6 h')
  expect(words()).toContain('Nothing is kept before 10 Nov 10:00. Tidemark began to watch then.')
  await expect.element(earlier).toBeDisabled()
  ;(slider.element() as HTMLElement).focus()
  await expect.poll(said).toMatch(/^Sun 15 Nov, 18:00 to 00:00/)
  await userEvent.keyboard('{PageDown}')
  await expect.poll(words).toContain('highest of each hour')
  // The focus is where it was.
  await userEvent.keyboard('{Home}')
  await expect.poll(said).toMatch(/^Sun 15 Nov, 19:00 to 20:00/)
})

test('a window of long ago opens its own days', async () => {
  const window = { from: utc(11, 8), to: utc(11, 9) }
  const { words, marks } = await setup(recorded(utc(10, 10), epochMs(NOW)), window)
  await expect.poll(words).toContain('highest of each 6 h')
  await expect.poll(marks).toBe(1)
})

test('where nothing is kept it says since when, and a press there shows nothing', async () => {
  const { slider, placeOf, chosen, words } = await setup(recorded(utc(26, 14), epochMs(NOW)))
  await expect
    .poll(words)
    .toContain('Nothing is kept before 26 Nov 14:00. Tidemark began to watch then.')
  await slider.click({ position: placeOf(utc(20, 9)) })
  expect(words()).toContain('Fri 20 Nov, 09:00 to 10:00: nothing kept')
  expect(chosen).toEqual([])
})

test('clock times are of the zone, hours of UTC', async () => {
  const { slider, placeOf, words } = await setup(fortnight(), null, 'Asia/Kolkata')
  await slider.hover({ position: placeOf(utc(17, 14)) })
  expect(words()).toContain('Tue 17 Nov, 19:30 to 20:30: highest 100 %')
})

test('while it is read and where it cannot be read it says so, and can be read again', async () => {
  let answer: ((how: 'well' | 'badly') => void) | null = null
  const history = fortnight()
  const slow: History = {
    ...history,
    readSummaries: async (...wanted) => {
      const how = await new Promise<'well' | 'badly'>((resolve) => {
        answer = resolve
      })
      if (how === 'badly') throw new Error('the disk is gone')
      return history.readSummaries(...wanted)
    },
  }
  const { slider, words } = await setup(slow, null, 'UTC', false)
  await expect.poll(words).toContain('Reading the history …')
  await expect.poll(() => answer).not.toBeNull()
  answer!('badly')
  await expect.poll(words).toContain('The history cannot be readReason: the disk is gone.')
  answer = null
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect.poll(() => answer).not.toBeNull()
  answer!('well')
  await expect.element(slider).toBeVisible()
})

test('it can be folded away', async () => {
  const { slider } = await setup(fortnight())
  await page.getByRole('button', { name: 'Hide history' }).click()
  expect(slider.query()).toBeNull()
  await page.getByRole('button', { name: 'Show history' }).click()
  await expect.element(slider).toBeVisible()
})
