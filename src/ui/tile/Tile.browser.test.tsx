import { expect, test, vi } from 'vitest'
import { render } from 'vitest-browser-react'
import { DEFAULT_THRESHOLDS, type Metric } from '#domain/metrics/metric.ts'
import { durationMs, epochMs, metricId } from '#domain/units.ts'
import { TidemarkTheme } from '../theme/TidemarkTheme.tsx'
import { Tile } from './Tile.tsx'
import { type TileFacts, tileReading } from './tileReading.ts'

const now = epochMs(Date.UTC(2026, 8, 17, 12, 30, 0))
const ago = (ms: number) => epochMs(now - ms)

const callSessions: Metric = {
  id: metricId('calls.sessions'),
  title: 'Call sessions',
  unit: 'count',
  kind: 'gauge',
  group: 'sessions',
  provenance: 'measured',
  scope: 'organisation',
  origin: 'Genesys Cloud',
  intervalMs: durationMs(15_000),
  thresholds: DEFAULT_THRESHOLDS,
}

const limitOf = (value: number | null, source = 'documented') => ({
  from: epochMs(0),
  value,
  source,
})

/** A tile of call sessions, 742 of 1 000 four seconds ago unless said otherwise. */
async function setup(said: Partial<TileFacts> = {}, onTryNow?: () => void) {
  const facts: TileFacts = {
    metric: callSessions,
    latest: { at: ago(4_000), value: 742 },
    limit: limitOf(1_000),
    peak: 861,
    atLimitSince: null,
    forecast: null,
    source: { kind: 'fine' },
    now,
    zone: 'UTC',
    ...said,
  }
  const { thresholds, provenance, scope } = facts.metric
  const screen = await render(
    <TidemarkTheme theme="dark">
      <div style={{ width: 232, height: 108 }}>
        <Tile
          reading={tileReading(facts)}
          thresholds={thresholds}
          provenance={provenance}
          scope={scope}
          onTryNow={onTryNow}
        />
      </div>
    </TidemarkTheme>,
  )
  const tile = screen.getByRole('article')
  const words = () => tile.element().textContent.replaceAll('\u202f', ' ')
  return { screen, tile, words }
}

test.each([
  [742, 'OK', '742/ 1 00074 %'],
  [842, 'Warn', '842/ 1 00084 %'],
  [930, 'Critical', '930/ 1 00093 %'],
  [0, 'OK', '0/ 1 0000 %'],
])('%d of 1 000 is %s, with its share', async (value, word, numbers) => {
  const { tile, words } = await setup({ latest: { at: ago(4_000), value } })
  await expect.element(tile).toHaveAccessibleName(`Call sessions: ${word}`)
  expect(words()).toContain(numbers)
  expect(words()).toContain('peak 861 · 4 s old')
  expect(words()).toContain('measured · organisation')
})

const forecast = 'limit in ≈ 1 h 20 min'

test('a forecast follows the peak', async () => {
  const { words } = await setup({ forecast })
  expect(words()).toContain('peak 861 · limit in ≈ 1 h 20 min')
})

test.each([
  ['at it', { latest: { at: ago(4_000), value: 1_000 }, atLimitSince: ago(540_000) }],
  ['without one', { limit: limitOf(null) }],
])('nothing is forecast of a metric that is %s', async (_, known) => {
  const { words } = await setup({ ...known, forecast })
  expect(words()).not.toContain('limit in')
})

test('at the limit it says since when', async () => {
  const { tile, words } = await setup({
    latest: { at: ago(4_000), value: 1_000 },
    atLimitSince: ago(540_000),
  })
  await expect.element(tile).toHaveAccessibleName('Call sessions: At limit')
  expect(words()).toContain('100 %')
  expect(words()).toContain('since 12:21, 9 min')
})

test('an unknown limit is neither a number nor infinity, and the reason is said', async () => {
  const { tile, words } = await setup({ limit: limitOf(null, 'no key published') })
  await expect.element(tile).toHaveAccessibleName('Call sessions: Unknown')
  expect(words()).toContain('limit unknown')
  expect(words()).toContain('no key published')
  expect(words()).not.toContain('%')
})

test('a stale value is grey, has no share, and says how old it is', async () => {
  const { tile, words } = await setup({ latest: { at: ago(52_000), value: 742 } })
  await expect.element(tile).toHaveAccessibleName('Call sessions: Stale')
  expect(words()).toContain('52 s old, expected every 15 s')
  expect(words()).not.toContain('%')
  const ink3 = getComputedStyle(document.documentElement).getPropertyValue('--ink3')
  const number = tile.element().querySelector('b')!
  expect(number.textContent).toBe('742')
  expect(hexOf(getComputedStyle(number).color)).toBe(ink3)
})

test('a source that fails is said at once, while the value still counts', async () => {
  const failing = { kind: 'failing', reason: 'no reply, network', since: ago(24_000) } as const
  const { tile, words } = await setup({ latest: { at: ago(30_000), value: 742 }, source: failing })
  await expect.element(tile).toHaveAccessibleName('Call sessions: OK')
  expect(words()).toContain('742/ 1 00074 %')
  expect(words()).toContain('since 12:29: no reply, network')
})

test('a stale value says why it is, and a long reason takes a second line', async () => {
  const reason = 'the reply is not what was agreed'
  const { tile, words } = await setup({
    latest: { at: ago(52_000), value: 742 },
    source: { kind: 'failing', reason, since: ago(46_000) },
  })
  await expect.element(tile).toHaveAccessibleName('Call sessions: Stale')
  expect(words()).toContain(`52 s old: ${reason}`)
  const line = tile.element().querySelector('[class*=details]')!
  expect(line.scrollHeight).toBeLessThanOrEqual(line.clientHeight)
})

test('a blind one is hatched and shows no old value', async () => {
  const { tile, words } = await setup({
    latest: { at: ago(2_280_000), value: 742 },
    source: { kind: 'failing', reason: 'no reply, network', since: ago(2_280_000) },
  })
  await expect.element(tile).toHaveAccessibleName('Call sessions: Blind')
  expect(words()).toContain('–')
  expect(words()).toContain('since 11:52: no reply, network')
  expect(words()).not.toContain('742')
  expect(getComputedStyle(tile.element()).backgroundImage).toContain('repeating-linear-gradient')
})

test('one that is off names the permission and can be tried', async () => {
  const onTryNow = vi.fn()
  const { screen, tile, words } = await setup(
    {
      source: { kind: 'off', reason: 'forbidden', permission: 'telephony:callMetrics:view' },
    },
    onTryNow,
  )
  await expect.element(tile).toHaveAccessibleName('Call sessions: Off')
  expect(words()).toContain('Permission missing:telephony:callMetrics:view')
  expect(words()).not.toContain('742')
  await screen.getByRole('button', { name: 'Try now' }).click()
  expect(onTryNow).toHaveBeenCalledOnce()
})

test('before the first reply it says when that is expected', async () => {
  const { tile, words } = await setup({
    latest: null,
    source: { kind: 'waiting', expectedAt: epochMs(now + 3_000) },
  })
  await expect.element(tile).toHaveAccessibleName('Call sessions: Loading')
  expect(words()).toContain('first reply expected in 3 s')
})

test('an estimate carries its sign and its formula', async () => {
  const { words } = await setup({
    metric: { ...callSessions, provenance: 'estimated', note: 'users × 1.8' },
    latest: { at: ago(4_000), value: 1_102 },
    limit: null,
  })
  expect(words()).toContain('≈ 1 102')
  expect(words()).toContain('users × 1.8')
  expect(words()).toContain('estimated · organisation')
})

test('details that do not fit are left out whole, the first one takes a second line', async () => {
  const { tile } = await setup({
    metric: { ...callSessions, provenance: 'estimated', note: 'users online now × 1.8' },
    limit: limitOf(null, 'no key published for this metric'),
  })
  const [first, ...more] = [...tile.element().querySelectorAll('[class*=detail_]')]
  const line = first!.parentElement!.getBoundingClientRect()
  expect(first!.getBoundingClientRect().right).toBeLessThanOrEqual(line.right + 0.5)
  const room = more[0]!.parentElement!.getBoundingClientRect()
  const isShown = (part: Element) => part.getBoundingClientRect().top < room.bottom - 1
  expect(more.map(isShown)).toEqual([false, false])

  const long = await setup({
    peak: null,
    limit: limitOf(null, 'a maximum is set per trunk, and is not told here'),
  })
  const reason = long.tile.elements().at(-1)!.querySelector('[class*=detail_]')!
  expect(reason.clientHeight).toBeGreaterThan(16)
  const box = reason.parentElement!
  expect(box.scrollHeight).toBeLessThanOrEqual(box.clientHeight)
})

function hexOf(colour: string): string {
  const channels = colour.match(/\d+/g)!.slice(0, 3)
  return `#${channels.map((channel) => Number(channel).toString(16).padStart(2, '0')).join('')}`
}
