import type { Page } from '@playwright/test'
import { scenarioNamed } from '#mocks/scenarios.ts'
import type { TenantServer } from '#mocks/node/server.ts'
import { picture } from './support/picture.ts'
import { expect, signIn, test } from './support/tidemark.ts'

// As in the README.
test.use({ colorScheme: 'dark' })

const HOUR_SEC = 3_600
/** The planted hour ends a little after now, so that all of it but these seconds can be read at once. */
const AHEAD_SEC = 20

const thin = (text: string) => text.replace(/[\u202f\u00a0]/g, ' ')

/** A scenario whose planted hour lies in the past, and its Live screen. */
async function open(
  page: Page,
  startOrganisation: (options: { scenario: string; startMs: number }) => Promise<TenantServer>,
  scenario: string,
) {
  const startMs = Math.floor(Date.now() / 1000 + AHEAD_SEC) * 1000
  await signIn(page, await startOrganisation({ scenario, startMs }))
  const live = page.url().split('?')[0]!
  const instant = (sec: number) => new Date(startMs + sec * 1000).toISOString()
  /** Seconds of the simulation, 0 its start. */
  return async (from: number, to: number) => {
    const view = new URLSearchParams({ from: instant(from), to: instant(to), zone: 'UTC' })
    await page.goto(`${live}?${view.toString()}&panel=evidence`)
  }
}

const state = (page: Page) => page.getByRole('region', { name: 'State' })
const drawer = (page: Page) => page.getByRole('region', { name: 'Evidence', exact: true })
const part = (page: Page, name: string | RegExp) => drawer(page).getByRole('region', { name })

const VERDICTS = [
  ['ramp-to-limit', 'Capacity-bound', /refused connections happened at the limit/, null],
  ['not-capacity', 'Not capacity-bound', /The limit was never reached/, null],
  [
    'auth-expiry',
    'Not capacity-bound',
    /authentication errors \(401, 403\)/,
    'sign-in and token lifetime',
  ],
  ['rate-limited', 'Not capacity-bound', /rate limit errors \(429\)/, 'Send fewer API requests'],
] as const

for (const [scenario, word, sentence, advice] of VERDICTS)
  test(`${scenario}: ${word}, over the hour that the feed remembers`, async ({
    page,
    startOrganisation,
  }) => {
    const show = await open(page, startOrganisation, scenario)
    await show(-HOUR_SEC, -AHEAD_SEC)
    await expect(state(page)).toContainText(word)
    await expect.poll(async () => thin(await state(page).innerText())).toMatch(sentence)
    const planted = scenarioNamed(scenario)!.truth.verdict
    expect(word.toLowerCase().replace(' ', '-')).toBe(planted)
    if (advice) await expect(part(page, 'What to do next')).toContainText(advice)
  })

test('leaking-app: nothing before the fourth floor, suspected at the fourth, a leak from the fifth', async ({
  page,
  startOrganisation,
}) => {
  const { load, truth } = scenarioNamed('leaking-app')!
  const { firstIterationAt, periodSec } = load!
  const show = await open(page, startOrganisation, 'leaking-app')
  const afterFloor = (floor: number) => firstIterationAt + floor * periodSec
  const leak = part(page, /^Leak/)

  await show(-HOUR_SEC, afterFloor(3))
  await expect(part(page, 'How sure').or(part(page, 'What to do next')).first()).toBeVisible()
  await expect(leak).toBeHidden()
  await show(-HOUR_SEC, afterFloor(4))
  await expect(leak).toContainText('A fifth floor decides')
  await show(-HOUR_SEC, afterFloor(5))
  await expect(leak).toContainText(`+${truth.leakPerIteration} per iteration`)
  await expect(leak).toContainText('At this pace')
})

test('retry-storm: the storm is named, with what back-off would have made of it', async ({
  page,
  startOrganisation,
}) => {
  const show = await open(page, startOrganisation, 'retry-storm')
  await show(-HOUR_SEC, -AHEAD_SEC)
  await expect(state(page)).toContainText('Capacity-bound')
  const storm = part(page, /^Retry storm/)
  await expect(storm).toContainText('refused clients came back after')
  await expect.poll(async () => thin(await storm.innerText())).toMatch(/exponential\s+\d[\d ]* × /)
})

test('limit-raised: the raise worked, and queues as far as they were measured did not suffer', async ({
  page,
  startOrganisation,
}) => {
  const show = await open(page, startOrganisation, 'limit-raised')
  await show(-HOUR_SEC, -AHEAD_SEC)
  await expect(state(page)).toContainText('Capacity-bound')
  await expect(part(page, /^Limit raised from/)).toContainText('Worked.')
  await expect(part(page, /^Limit raised from/)).toContainText(
    'waiting and interacting did not become worse',
  )
  await picture(page, 'evidence')
})
