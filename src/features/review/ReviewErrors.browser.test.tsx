import { useMemo, useState } from 'react'
import { expect, onTestFinished, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { type ErrorClass, errorEvent } from '#domain/errors/errorEvent.ts'
import type { Incident } from '#domain/incident/incident.ts'
import { later } from '#domain/units.ts'
import { createIncidentStores } from '#monitor/review/incidentStores.ts'
import { screenCrosshair } from '#state/crosshair.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { incidentAt, INCIDENT_TO, someIncident } from '#testing/someIncident.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { ReviewErrors } from './ReviewErrors.tsx'

/** As wide as the centre column of Review on a screen of 1440. */
const WIDTH_PX = 768

/** The table with a filter that is kept, as the link keeps it. */
function Table({ incident }: { incident: Incident }) {
  const [chosen, choose] = useState<readonly ErrorClass[] | null>(null)
  const stores = useMemo(() => createIncidentStores(incident), [incident])
  return (
    <ReviewErrors
      incident={incident}
      stores={stores}
      zone="UTC"
      chosen={chosen}
      onChoose={choose}
    />
  )
}

async function setup(known: Partial<Incident> = {}) {
  onTestFinished(screenCrosshair.release)
  const incident = someIncident(known)
  await render(
    <TidemarkTheme theme="dark">
      <div style={{ width: WIDTH_PX }}>
        <Table incident={incident} />
      </div>
    </TidemarkTheme>,
  )
  const rows = () => page.getByRole('grid').getByRole('row')
  return {
    incident,
    rows,
    words: (row: number) => plainSpaces(rows().nth(row).element().textContent),
    marked: () =>
      rows()
        .elements()
        .filter((row) => row.ariaSelected === 'true')
        .map((row) => plainSpaces(row.textContent)),
  }
}
const chip = (name: RegExp) =>
  page.getByRole('group', { name: 'Classes' }).getByRole('button', { name })

test('the single errors stand under a heading with their number, the newest first', async () => {
  const { incident, words } = await setup()
  const section = page.getByRole('region', { name: 'Errors' })
  await expect.element(section.getByRole('heading', { name: 'Errors' })).toBeVisible()
  expect(plainSpaces(section.element().textContent)).toContain('313 in window')
  expect(section.getByRole('grid').element().ariaRowCount).toBe(String(incident.errors.length + 1))
  await expect.poll(() => words(1)).toMatch(/^12:23:12capacity5031WS streaming…\/channels/)
})

test('what was used and the grade are those of the limit of then', async () => {
  const refused = errorEvent({
    at: incidentAt('13:30:03'),
    class: 'capacity',
    source: 'feed',
    status: 503,
  })
  const { words } = await setup({ errors: [refused] })
  // 1 000 of 1 000; twenty minutes later it would have been two thirds.
  await expect.poll(() => words(1)).toContain('100 %C coincides')
})

test('a class is chosen by its chip, all of them by pressing it again', async () => {
  const { rows, words } = await setup()
  await expect.element(chip(/^capacity 310$/)).toBeVisible()
  await chip(/^auth/).click()
  await expect.poll(() => rows().elements().length).toBe(2)
  expect(words(1)).toMatch(/^11:02:30auth401/)
  await chip(/^network/).click()
  await expect.poll(() => rows().elements().length).toBe(3)
  await chip(/^auth/).click()
  await chip(/^network/).click()
  await expect.poll(() => rows().elements().length).toBeGreaterThan(10)
})

test('a row pins the crosshair at its instant, and a pinned instant marks its row', async () => {
  const { rows, marked } = await setup()
  await rows().nth(2).click()
  expect(screenCrosshair.get()).toEqual({ at: incidentAt('14:05:50'), isPinned: true })
  await expect.poll(() => marked()[0]).toMatch(/^12:05:50/)
  // Far down the table: it is brought into view.
  screenCrosshair.pin(incidentAt('13:09:12'))
  await expect.poll(() => marked()[0]).toMatch(/^11:09:12/)
  screenCrosshair.release()
  await expect.poll(marked).toEqual([])
  screenCrosshair.point(incidentAt('13:09:12'))
  expect(marked()).toEqual([])
})

test('the correlation id is copied from its row, also where its column finds no room', async () => {
  const write = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
  onTestFinished(() => write.mockRestore())
  await setup()
  screenCrosshair.pin(later(incidentAt('13:29:05'), 300))
  await page.getByRole('button', { name: 'Copy correlation id' }).first().click()
  expect(write).toHaveBeenCalledWith('1f0c44aa-0000-4000-8000-000000000002')
})

test('what a file says stays text', async () => {
  const hostile = '<img src="x" onerror="document.title=1">'
  const said = { route: hostile, app: hostile, message: hostile, correlationId: hostile }
  const { rows } = await setup({
    errors: [errorEvent({ at: incidentAt('13:30:03'), class: 'server', source: 'har', ...said })],
  })
  await expect.element(page.getByRole('gridcell', { name: hostile })).toBeVisible()
  await rows().nth(1).dblClick()
  const dialog = page.getByRole('dialog', { name: 'Event' })
  await expect.element(dialog).toBeVisible()
  expect(dialog.element().textContent).toContain(`Message${hostile}`)
  expect(document.querySelector('img')).toBeNull()
})

test('many errors scroll by themselves within a bounded height, and nothing is wider than the column', async () => {
  const errors = Array.from({ length: 5_000 }, (_, i) =>
    errorEvent({
      at: later(INCIDENT_TO, -1_000 * (5_000 - i)),
      class: 'capacity',
      source: 'jtl',
      route: 'GET /api/v2/conversations/calls/{id}/participants/{id}/communications/{id}',
    }),
  )
  const { rows } = await setup({ errors })
  const grid = page.getByRole('grid').element()
  await expect.poll(() => rows().elements().length).toBeGreaterThan(10)
  expect(rows().elements().length).toBeLessThan(40)
  expect(grid.clientHeight).toBeLessThanOrEqual(300)
  expect(grid.scrollHeight).toBeGreaterThan(100_000)
  expect(grid.scrollWidth).toBe(grid.clientWidth)
  ;(grid as HTMLElement).focus()
  await userEvent.keyboard('{End}')
  expect(screenCrosshair.get().at).toBe(errors[0]!.at)
})

test('a window without errors says so', async () => {
  await setup({ errors: [] })
  await expect.element(page.getByText('No errors in this window.')).toBeVisible()
})
