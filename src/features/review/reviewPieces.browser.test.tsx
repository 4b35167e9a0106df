import { expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import type { ReactNode } from 'react'
import { findingsOf } from '#domain/incident/findingsOf.ts'
import type { SourceClock } from '#domain/incident/incident.ts'
import { incidentEvidence } from '#domain/incident/incidentEvidence.ts'
import { observation } from '#domain/observation.ts'
import { durationMs } from '#domain/units.ts'
import type { ClockView } from '#monitor/review/reviewState.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { incidentAt, someIncident } from '#testing/someIncident.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { ClockPanel } from './ClockPanel.tsx'
import { HandOver } from './HandOver.tsx'
import { LimitField } from './LimitField.tsx'
import { Notes } from './Notes.tsx'
import { Sources } from './Sources.tsx'
import { Timeline } from './Timeline.tsx'
import { VerdictSummary } from './VerdictSummary.tsx'

const shown = (children: ReactNode) =>
  render(<TidemarkTheme theme="dark">{children}</TidemarkTheme>)
const incident = someIncident({ zone: 'Europe/Berlin' })
const findings = findingsOf(incident, incidentEvidence(incident))
const button = (name: string | RegExp) => page.getByRole('button', { name })

test('a line of the timeline selects its instant, and the selected one leads to its evidence', async () => {
  const onSelect = vi.fn()
  const onEvidence = vi.fn()
  const crossing = findings.timeline.find(({ kind }) => kind === 'crossing')!
  await shown(
    <Timeline
      lines={findings.timeline}
      isComputing={false}
      zone="Europe/Berlin"
      at={crossing.at}
      newAt={crossing.at}
      onSelect={onSelect}
      onEvidence={onEvidence}
      onAdd={vi.fn()}
    />,
  )
  await button(/First 503/).click()
  expect(onSelect).toHaveBeenCalledWith(
    findings.timeline.find(({ kind }) => kind === 'refusal')!.at,
  )
  await button('Evidence for this').click()
  expect(onEvidence).toHaveBeenCalledWith(crossing.part)
  const line = button(/First crossing/).element()
  expect(plainSpaces(line.textContent)).toContain('± 5 s')
})

test('a note is written by keyboard: Enter adds it, Shift and Enter begin a new line', async () => {
  const onAdd = vi.fn()
  await shown(
    <Notes
      notes={[]}
      zone="UTC"
      at={incidentAt('13:09:12')}
      field={null}
      onSelect={vi.fn()}
      onAdd={onAdd}
      onEdit={vi.fn()}
      onRemove={vi.fn()}
    />,
  )
  await page.getByRole('textbox', { name: /Add a note/ }).click()
  await userEvent.keyboard('one{Shift>}{Enter}{/Shift}two{Enter}')
  expect(onAdd).toHaveBeenCalledWith('one\ntwo')
  await userEvent.keyboard('   {Enter}')
  expect(onAdd).toHaveBeenCalledTimes(1)
})

const AS_IT_IS: SourceClock = {
  movedMs: durationMs(0),
  plusMinusMs: null,
  how: 'asItIs',
  drift: null,
}

async function clockSetup(view: Partial<ClockView>, clock = AS_IT_IS) {
  const onMove = vi.fn<(id: string, clock: SourceClock) => void>()
  const [, source] = incident.sources
  const id = source!.id
  const whole: ClockView = {
    against: 'WebSocket connections',
    curve: null,
    found: null,
    drift: null,
    headers: null,
    failure: null,
    ...view,
  }
  await shown(
    <ClockPanel
      files={[{ source: { ...source!, clock }, observation: observation({}) }]}
      clocks={new Map([[id, whole]])}
      onMove={onMove}
    />,
  )
  return { onMove, id, words: () => plainSpaces(page.getByRole('status').element().textContent) }
}

test('an offset that was found is proposed, with how sure it is, and taken by a press', async () => {
  const { onMove, id, words } = await clockSetup({
    found: {
      kind: 'aligned',
      offsetMs: durationMs(-41_000),
      match: 0.93,
      plusMinusMs: durationMs(2_000),
      runnerUp: null,
    },
  })
  expect(words()).toContain('best when moved by −41.0 s (± 2 s, match 0.93); not moved yet')
  await button(/Move by/).click()
  expect(onMove).toHaveBeenCalledWith(id, {
    movedMs: -41_000,
    plusMinusMs: 2_000,
    how: 'correlation',
    drift: null,
  })
})

test('a clock that cannot be aligned says why, and nothing is proposed', async () => {
  const { words } = await clockSetup({
    found: { kind: 'notAlignable', reason: 'two offsets fit as well' },
  })
  expect(words()).toContain('Not alignable with WebSocket connections: two offsets fit as well')
  expect(button(/Move by/).query()).toBeNull()
})

test('the slider, the field and the buttons move the clock by hand', async () => {
  const { onMove } = await clockSetup({})
  const moved = () => onMove.mock.calls.at(-1)![1]
  page.getByRole('slider').element().focus()
  await userEvent.keyboard('{ArrowRight}')
  expect(moved()).toMatchObject({ movedMs: 500, how: 'byHand' })
  await button('Half a second earlier').click()
  expect(moved()).toMatchObject({ movedMs: -500 })
  await page.getByLabelText('Offset in seconds').fill('3600')
  await userEvent.keyboard('{Enter}')
  expect(moved()).toMatchObject({ movedMs: 3_600_000 })
  const calls = onMove.mock.calls.length
  await page.getByLabelText('Offset in seconds').fill('soon')
  await userEvent.keyboard('{Enter}')
  expect(onMove.mock.calls).toHaveLength(calls)
})

test('a limit that no source tells is asked for; what is no number is refused', async () => {
  const onLimit = vi.fn()
  await shown(<LimitField incident={{ ...incident, limits: [] }} typed={[]} onLimit={onLimit} />)
  await page.getByLabelText('Limit then').fill('many')
  await button('Judge by it').click()
  await expect.element(page.getByRole('alert')).toHaveTextContent('A number from 0 on')
  await page.getByLabelText('Limit then').fill('1 500')
  await button('Judge by it').click()
  expect(onLimit).toHaveBeenCalledWith(expect.anything(), 1_500)
})

test('where the limit is told, nobody is asked', async () => {
  await shown(<LimitField incident={incident} typed={[]} onLimit={vi.fn()} />)
  expect(page.getByLabelText('Limit then').query()).toBeNull()
})

test('a source tells what was left out of it and which secrets were removed', async () => {
  const source = {
    ...incident.sources[1]!,
    rejected: 1,
    rejections: [{ line: 8_417, reason: '<b>cut short</b>' }],
    removals: [{ what: 'token', count: 14 }],
  }
  const onRemove = vi.fn()
  await shown(
    <Sources
      sources={[source]}
      removable={new Set([source.id])}
      onColumns={() => null}
      onWindow={() => null}
      onRemove={onRemove}
    />,
  )
  await button(new RegExp(source.name)).click()
  const dialog = page.getByRole('dialog')
  await expect.element(dialog).toBeVisible()
  const words = plainSpaces(dialog.element().textContent)
  expect(words).toContain('line 8 417: <b>cut short</b>')
  expect(words).toContain('token: 14')
  await button('Take off this review').click()
  expect(onRemove).toHaveBeenCalledWith(source.id)
})

test('what cannot be written says why, and the other ways out stay open', async () => {
  await shown(
    <HandOver
      incident={incident}
      findings={findings}
      onBundle={() => Promise.reject(new Error('The bundle would have 12 MB'))}
    />,
  )
  await button('Save bundle').click()
  await expect
    .element(
      page
        .getByRole('region', { name: 'Hand over' })
        .getByText(/Not written: The bundle would have 12 MB/),
    )
    .toBeVisible()
  await expect.element(button('Vendor packet')).toBeEnabled()
})

test('nothing goes out before there is a verdict', async () => {
  await shown(<HandOver incident={incident} findings={null} onBundle={vi.fn()} />)
  await expect.element(button('Save bundle')).toBeDisabled()
})

test('where only summaries are known it says why there is no verdict, and what goes into no file', async () => {
  const tier = { until: incident.to, stepMs: durationMs(60_000), isPruned: true }
  await shown(
    <>
      <VerdictSummary
        view={{ kind: 'ready', findings }}
        unjudged={tier}
        zone="UTC"
        onEvidence={vi.fn()}
      />
      <HandOver incident={incident} findings={findings} hasSteps onBundle={vi.fn()} />
    </>,
  )
  const verdict = page.getByRole('region', { name: 'Verdict' })
  await expect.element(verdict).toHaveTextContent(/No verdict on summaries.*needs the samples/)
  await expect.element(verdict).not.toHaveTextContent('Capacity-bound')
  await expect
    .element(page.getByText(/What the charts show in place of samples is not in it/))
    .toBeVisible()
})
