import { expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { epochMs } from '#domain/units.ts'
import { organisationConfig, type OrganisationConfig } from '#sources/config/tidemarkConfig.ts'
import { createProbeReception } from '#sources/probe/probeReception.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { someProbeReport } from '#testing/someProbeReport.ts'
import { wellFacts } from '#testing/wellFacts.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { ProbeSettings } from './ProbeSettings.tsx'

const NOW = epochMs(Date.UTC(2026, 8, 17, 12, 30, 0))
const ORIGIN = 'https://tidemark.example'
const { organisation } = wellFacts()

const configOf = (parts: Partial<OrganisationConfig>) =>
  organisationConfig({
    id: organisation.id,
    name: organisation.name,
    domain: organisation.domain,
    ...parts,
  })

async function setup(
  parts: Partial<OrganisationConfig>,
  sent: readonly string[] = [],
  isWatched = true,
) {
  const config = configOf(parts)
  const onChange = vi.fn(() => Promise.resolve())
  const reception = createProbeReception({ now: () => NOW, reportedTo: 'tab' })
  const probes =
    isWatched && config.probeApps.length > 0 ? reception.expect(config.id, config.probeApps) : null
  for (const text of sent) reception.take(text)
  const birch = configOf({ probeApps: ['kiosk'] })
  await render(
    <TidemarkTheme theme="dark">
      <ProbeSettings
        known={{ config, probes }}
        others={[{ config: birch, organisation: { ...organisation, name: 'Birch' } }]}
        origin={ORIGIN}
        onChange={onChange}
      />
    </TidemarkTheme>,
  )
  return { onChange }
}

const button = (name: string) => page.getByRole('button', { name, exact: true })
const rowOf = (text: string) =>
  plainSpaces(page.getByRole('row').filter({ hasText: text }).first().element().textContent)

test('an app is named, and one that is no name, named already or of another organisation is refused', async () => {
  const { onChange } = await setup({ probeApps: ['agent-desktop'] })
  const field = page.getByLabelText('App')
  for (const [typed, problem] of [
    ['', 'Type the name of an app.'],
    ['agent desktop', 'is no name of an app'],
    ['agent-desktop', 'This app is named already.'],
    ['kiosk', 'It reports for Birch, and for one organisation only.'],
  ] as const) {
    await field.fill(typed)
    await button('Add app').click()
    await expect.element(page.getByText(problem)).toBeVisible()
  }
  expect(onChange).not.toHaveBeenCalled()
  await field.fill('messenger')
  await button('Add app').click()
  expect(onChange).toHaveBeenCalledExactlyOnceWith({ probeApps: ['agent-desktop', 'messenger'] })
})

test('an app is taken out', async () => {
  const { onChange } = await setup({ probeApps: ['agent-desktop', 'messenger'] })
  await button('Take out agent-desktop').click()
  expect(onChange).toHaveBeenCalledExactlyOnceWith({ probeApps: ['messenger'] })
})

test('the tag is there to copy: for this origin, and for the recorder where this page has one', async () => {
  await setup({ probeApps: ['agent-desktop'] })
  const local = '<script src="/tidemark-probe.js" data-app="agent-desktop"></script>'
  await expect.element(page.getByText(local, { exact: true })).toBeVisible()
  await expect.element(button('Copy tag of agent-desktop')).toBeVisible()
  await expect.element(button('Copy tag of agent-desktop for the recorder')).not.toBeInTheDocument()
})

test('a page that a recorder serves names it in a second tag', async () => {
  const feed = { url: `${ORIGIN}/feed`, organisation: null }
  await setup({ probeApps: ['agent-desktop'], feed })
  const tag =
    '<script src="https://tidemark.example/tidemark-probe.js" data-app="agent-desktop" data-to="https://tidemark.example/probe"></script>'
  await expect.element(page.getByText(tag, { exact: true })).toBeVisible()
})

test('what was heard and refused lately is told by app', async () => {
  const report = JSON.stringify(someProbeReport(NOW))
  await setup({ probeApps: ['agent-desktop', 'messenger'] }, [report, report, '{'])
  await expect.element(page.getByText('2 reports were refused, the newest')).toBeVisible()
  expect(rowOf('agent-desktop')).toContain('1110 s ago')
  expect(rowOf('messenger')).toContain('000none yet')
})

test('while the organisation is not watched nothing is heard, and no count is made up', async () => {
  await setup({ probeApps: ['agent-desktop'] }, [], false)
  await expect.element(page.getByText(/^Nothing is heard while/)).toBeVisible()
  expect(rowOf('agent-desktop')).toContain('––––')
})

test('without an app it says what a tag would do', async () => {
  await setup({})
  await expect.element(page.getByText(/^No app is named\./)).toBeVisible()
})
