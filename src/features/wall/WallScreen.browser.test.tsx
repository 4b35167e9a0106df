import { afterEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { epochMs, type EpochMs, later, MINUTE_MS, type OrgId } from '#domain/units.ts'
import { layoutOf } from '#domain/wall/wallLayout.ts'
import { DEFAULT_WALL, type WallSetUp } from '#state/link/wallLink.ts'
import type { Member } from '#state/standing/standing.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { blindMember, usingMember } from '#testing/someStandings.ts'
import { someMember, standingSetup } from '#testing/standingSetup.ts'
import { FACTS_AT } from '#testing/wellFacts.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { WallScreen } from './WallScreen.tsx'

const HD = { width: 1920, height: 1080 }

afterEach(() => vi.useRealTimers())

type Options = { setUp?: Partial<WallSetUp>; now?: EpochMs; failing?: string[] }

async function setup(
  members: readonly Member[],
  { setUp, now = FACTS_AT, failing = [] }: Options = {},
) {
  const { board, set } = standingSetup(members)
  const steered = { now }
  const clock = () => steered.now
  const wall = { ...DEFAULT_WALL, ...setUp }
  const hasRibbon = members.some(({ organisation }) => organisation.simulation !== null)
  const layout = layoutOf({ ...wall, screen: HD, whole: HD, hasRibbon })!
  const monitors = new Map(
    members.flatMap(({ organisation, watch }) =>
      watch?.kind === 'watched' ? [[organisation.id, watch.watched.monitor] as const] : [],
    ),
  )
  const monitorOf = (id: OrgId) => {
    if (failing.includes(id)) throw new Error('A broken tile')
    return monitors.get(id) ?? null
  }
  const onLeave = vi.fn()
  const play = vi.fn()
  await render(
    <TidemarkTheme theme="dark">
      <WallScreen
        setUp={wall}
        layout={layout}
        board={board}
        monitorOf={monitorOf}
        clock={clock}
        zone="Europe/Berlin"
        chime={{ play }}
        emptyWords="No organisation is known on this machine."
        onLeave={onLeave}
      />
    </TidemarkTheme>,
  )
  return { onLeave, play, failing, set, steered }
}

const wall = () => page.getByRole('main', { name: 'Wall' })
const text = () => plainSpaces(wall().element().textContent)
const pinned = () => document.querySelector('[aria-label="Most urgent"]')
const rows = () => [...document.querySelectorAll('li h2')].map(({ textContent }) => textContent)

const well = (count: number) =>
  Array.from({ length: count }, (_, i) => usingMember(`Branch ${i}`, { used: 100 + 10 * i }))

test('all well: seven rows with their share, no pinned half', async () => {
  await setup(well(7))
  expect(pinned()).toBeNull()
  expect(rows()).toHaveLength(7)
  expect(rows()[0]).toBe('Branch 6')
  for (const part of ['7 organisations, none warns', 'Data 2 s', '14:30:08', 'CEST'])
    expect(text()).toContain(part)
  expect(text()).toContain('OK, 160 / 1 000')
  expect(text()).toContain('16 %')
})

test('one at its limit has the pinned half, with everything that is to be said of it', async () => {
  await setup([
    usingMember('Alder Retail', { used: 1_000, refused: 184 }),
    usingMember('Birch Health', { used: 842 }),
    blindMember('Cedar Bank'),
  ])
  const half = plainSpaces(pinned()!.textContent)
  for (const part of ['At limit', 'Alder Retail', 'Calls', '1 000', 'since 14:', 'measured'])
    expect(half).toContain(part)
  expect(half).toContain('13:30184 refused14:30')
  expect(rows()).toEqual(['Birch Health', 'Cedar Bank'])
  expect(text()).toContain('1 at limit, 1 warn, 1 blind')
})

test('a blind one is dated, and shows no old number', async () => {
  await setup([usingMember('Birch Health', { used: 100 }), blindMember('Cedar Bank')])
  expect(text()).toContain('Blind since 13:52')
  expect(text()).toContain('38 min')
  expect(text()).not.toContain('500')
})

test('a number that is more than three intervals old is blind on the wall', async () => {
  await setup([
    usingMember('Birch Health', { used: 100 }),
    usingMember('Hazel Insurance', { used: 120, ageSeconds: 12 }),
  ])
  expect(text()).toContain('Blind since 14:29')
  expect(text()).not.toContain('120')
})

test('a wall that hears nobody says so itself, since when, and names no organisation', async () => {
  await setup([blindMember('Cedar Bank'), blindMember('Dogwood Travel')])
  await expect.element(page.getByRole('alert')).toHaveTextContent(/This wall is blind/)
  expect(text()).toContain('since 13:52, 38 min')
  expect(text()).toContain('It hears nothing of any of 2 organisations.')
  expect(rows()).toEqual([])
})

test('one that is signed out says since when, and the others go on', async () => {
  await setup([
    usingMember('Birch Health', { used: 100 }),
    usingMember('Elm Energy', {
      used: 415,
      ageSeconds: 2_280,
      facts: { session: { kind: 'signedOut', reason: 'expired' } },
    }),
    { ...someMember('Maple Media'), watch: null, isSignedIn: false },
  ])
  expect(text()).toContain('Signed out since 13:52')
  expect(text()).toContain('OK, 100 / 1 000')
  expect(document.querySelectorAll('a, button, input')).toHaveLength(0)
})

test('two critical ones share the pinned half in turns, and both stay listed on top', async () => {
  const members = [
    usingMember('Alder Retail', { used: 1_000 }),
    usingMember('Fir Public', { used: 930 }),
    usingMember('Birch Health', { used: 100 }),
  ]
  const turn = Math.floor(FACTS_AT / 40_000) * 40_000
  const { steered } = await setup(members, { now: epochMs(turn + 90_000 * 40) })
  const name = () => pinned()!.querySelector('h2')!.textContent
  const first = name()
  expect(rows()).toEqual(['Alder Retail', 'Fir Public', 'Birch Health'])
  steered.now = later(steered.now, 20_000)
  await expect.poll(name).not.toBe(first)
  expect(rows().slice(0, 2)).toEqual(['Alder Retail', 'Fir Public'])
})

test('more than fit take turns, and the tally says of how many', async () => {
  const members = [...well(8), usingMember('Birch Health', { used: 842 })]
  const { steered } = await setup(members, { setUp: { tiles: 5 } })
  const before = rows()
  expect(before.length).toBeLessThanOrEqual(5)
  expect(text()).toContain('1 warn of 9')
  steered.now = later(steered.now, 20_000)
  await expect.poll(rows).not.toEqual(before)
})

test('a tile that fails stands alone with its name, and the others go on', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  await setup(well(3), { failing: ['branch-1'] })
  expect(text()).toContain('Branch 1Tile failed, is tried again')
  expect(text()).toContain('OK, 100 / 1 000')
  log.mockRestore()
})

test('a new warning and a new critical one ring once each', async () => {
  const warn = usingMember('Birch Health', { used: 842 })
  const { play, set } = await setup([usingMember('Birch Health', { used: 100 })])
  expect(play).not.toHaveBeenCalled()
  set([warn])
  await expect.poll(() => play.mock.calls).toEqual([['warn']])
  set([usingMember('Birch Health', { used: 1_000 })])
  await expect.poll(() => play.mock.calls).toEqual([['warn'], ['critical']])
  await expect.poll(() => pinned()?.getAttribute('data-new')).toBe('true')
})

test('night dims the wall, and something critical ends the night for as long as it lasts', async () => {
  const night = { from: 14, to: 16 }
  const stage = () => document.querySelector<HTMLElement>('main > div')!
  const { set } = await setup(well(2), { setUp: { night, theme: 'light' } })
  expect(Number(stage().style.opacity)).toBeCloseTo(0.66, 2)
  expect(wall().element().getAttribute('data-theme')).toBe('dark')
  set([usingMember('Branch 0', { used: 1_000 })])
  await expect.poll(() => stage().style.opacity).toBe('1')
})

test('the heartbeat steps with each second, and a clock that is set moves the wall with it', async () => {
  const { steered } = await setup(well(1))
  const beat = () => document.querySelector('[data-beat]')!.getAttribute('data-beat')
  const before = Number(beat())
  steered.now = later(steered.now, 1_000)
  await expect.poll(() => Number(beat())).toBe((before + 1) % 10)
  steered.now = later(steered.now, -60 * MINUTE_MS)
  await expect.poll(text).toContain('13:30:09')
})

test('the clock goes from 01:59:59 to 03:00:00 when daylight saving begins', async () => {
  const spring = epochMs(Date.UTC(2026, 2, 29, 0, 59, 59))
  const { steered } = await setup(well(1), { now: spring })
  expect(text()).toContain('01:59:59CET')
  steered.now = later(spring, 1_000)
  await expect.poll(text).toContain('03:00:00CEST')
})

test('a simulated organisation is said to be one over the whole width', async () => {
  await setup([
    usingMember('Demo', {
      used: 10,
      facts: { organisation: { ...someMember('Demo').organisation, simulation: 'seed 42' } },
    }),
  ])
  expect(text()).toContain('Simulated: nothing here comes from Genesys Cloud')
})

test('no letter is smaller than the layout asks for', async () => {
  await setup([
    usingMember('Alder Retail', { used: 1_000, refused: 3 }),
    usingMember('Birch Health', { used: 842 }),
    blindMember('Cedar Bank'),
  ])
  const worded = [...wall().element().querySelectorAll('*')].filter((element) =>
    [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()),
  )
  expect(worded.length).toBeGreaterThan(10)
  for (const element of worded)
    expect(Number.parseFloat(getComputedStyle(element).fontSize)).toBeGreaterThanOrEqual(54)
})

test('an organisation whose name is long keeps all of it', async () => {
  const name = 'Gesellschaft für besonders lange Organisationsnamen mit beschränkter Haftung'
  await setup([usingMember(name, { used: 240 }), ...well(3)])
  const heading = [...document.querySelectorAll('h2')].find((one) => one.textContent === name)!
  const row = heading.closest('li')!.getBoundingClientRect()
  const box = heading.getBoundingClientRect()
  expect(heading.scrollWidth).toBeLessThanOrEqual(heading.clientWidth + 1)
  expect(box.top).toBeGreaterThanOrEqual(row.top)
  expect(box.bottom).toBeLessThanOrEqual(row.bottom)
})

test('Escape leads back to the set-up; an empty wall says why it is empty', async () => {
  const { onLeave } = await setup([])
  expect(text()).toContain('No organisation is known on this machine.')
  await userEvent.keyboard('{Escape}')
  expect(onLeave).toHaveBeenCalledTimes(1)
})
