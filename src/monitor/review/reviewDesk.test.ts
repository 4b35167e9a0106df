import { expect, test, vi } from 'vitest'
import { NO_LIMIT_SETTINGS } from '#domain/limits/limitSettings.ts'
import { someIncident } from '#testing/someIncident.ts'
import { incidentEvidence } from '#domain/incident/incidentEvidence.ts'
import { observation } from '#domain/observation.ts'
import {
  type EpochMs,
  DAY_MS,
  durationMs,
  epochMs,
  HOUR_MS,
  later,
  metricId,
  orgId,
} from '#domain/units.ts'
import { reportText } from '#sources/exports/bundle/reportText.ts'
import { writeBundle } from '#sources/exports/bundle/writeBundle.ts'
import { createMemoryHistory } from '#sources/history/memoryHistory.ts'
import { importFile } from '#sources/imports/importFile.ts'
import { JTL_START_MS, jtlLine, jtlText } from '#testing/jtlText.ts'
import { memoryDrafts } from '#testing/memoryDrafts.ts'
import { someMetric } from '#testing/someMetric.ts'
import { createReviewDesk } from './reviewDesk.ts'
import { createReviewWorker } from './reviewWorker.ts'

const START = epochMs(JTL_START_MS)
const ORGANISATION = {
  id: orgId('alder'),
  name: 'Alder Retail',
  region: 'eu_central_1',
  domain: 'mypurecloud.de',
  simulation: null,
}
const LIVE = {
  own: 0,
  clockErrorMs: null,
  clients: [],
  thresholdsAt: () => null,
  limitSettings: NO_LIMIT_SETTINGS,
}
const open = someMetric('connections.open', { group: 'connections' })

/** A load that rises and falls and never repeats itself, with refusals while 30 threads and more are on. */
const load = (second: number) =>
  20 + Math.round(12 * Math.sin(second / 40) + 6 * Math.sin((second / 60) ** 2))
const lines = (seconds: number) =>
  Array.from({ length: seconds }, (_, s) => jtlLine(s, load(s) >= 30 ? 503 : 200, load(s)))
const jtl = (name = 'run.jtl', seconds = 300) => new File([jtlText(...lines(seconds))], name)

/** The same load as the organisation counts it, on a clock that is ahead of the file's. */
const history = (aheadMs = 0) => {
  const known = createMemoryHistory('a test', START)
  const seconds = Array.from({ length: 300 }, (_, s) => s)
  known.write(
    ORGANISATION.id,
    observation({
      metrics: [open],
      samples: [
        {
          metric: open.id,
          series: {
            timeMs: Float64Array.from(seconds, (s) => START + s * 1_000 + aheadMs),
            value: Float64Array.from(seconds, (s) => 100 + load(s)),
          },
        },
      ],
      limits: [{ metric: open.id, step: { from: epochMs(0), value: 130, source: 'test' } }],
    }),
  )
  return known
}

type Known = {
  aheadMs?: number
  drafts?: ReturnType<typeof memoryDrafts>
  now?: EpochMs
  onBundle?: (file: File) => void
  kept?: ReturnType<typeof history>
}

function setup(known: Known = {}) {
  const { aheadMs = 0, drafts = memoryDrafts(), now = later(START, HOUR_MS), onBundle } = known
  const { kept = history(aheadMs) } = known
  void kept.prune(now)
  const made = () =>
    createReviewDesk({
      key: 'files',
      zone: 'UTC',
      drafts,
      history: kept,
      worker: createReviewWorker(),
      readFile: importFile,
      random: () => 0.5,
      now: () => now,
      pacing: () => () => Promise.resolve(),
      ...(onBundle ? { onBundle } : {}),
    })
  const desk = made()
  const until = (holds: () => unknown) => vi.waitFor(() => expect(holds()).toBeTruthy(), 20_000)
  const ready = () => until(() => desk.state().findings.kind === 'ready')
  return { desk, drafts, until, ready, again: made }
}

const sources = (desk: ReturnType<typeof createReviewDesk>) =>
  desk.state().draft.files.map(({ source }) => source.name)

test('files are laid over one another, and a verdict follows', async () => {
  const { desk, until, ready } = setup()
  desk.openFiles([jtl()])
  await until(() => sources(desk).length === 1)
  await ready()
  const { incident, stores, findings } = desk.state()
  expect(incident?.sources[0]).toMatchObject({ name: 'run.jtl', samples: 300, fileKind: 'jtl' })
  expect(stores!.errors.count('capacity', START, later(START, 400_000))).toBeGreaterThan(50)
  expect(findings.kind === 'ready' && findings.findings.timeline.at(-1)?.kind).toBe('end')
})

test('the same file twice changes nothing', async () => {
  const { desk, until } = setup()
  desk.openFiles([jtl()])
  await until(() => sources(desk).length === 1 && desk.state().pending.length === 0)
  const before = desk.state().incident
  desk.openFiles([jtl()])
  await until(() => desk.state().pending.length === 0)
  expect(desk.state().incident).toEqual(before)
})

test('what the times of a file are is asked once, and holds when it is opened again', async () => {
  const { desk, until } = setup()
  // Rows in the order of their stamps, which are their ends: long answers began before short ones.
  const rows = Array.from({ length: 200 }, (_, s) =>
    jtlLine(s, 200, load(s), { elapsed: s % 2 === 0 ? 4_000 : 50 }),
  )
  const file = () => new File([jtlText(...rows)], 'ends.jtl')
  desk.openFiles([file()])
  await until(() => desk.state().questions.length === 1)
  const { id } = desk.state().questions[0]!
  const before = desk.state().incident!.from
  desk.answerStamp(id, 'end')
  await until(() => desk.state().draft.files[0]?.readBy?.stamp === 'end')
  expect(desk.state().incident!.from).toBeLessThan(before)
  expect(desk.state().incident!.sources[0]!.kind).toBe('JMeter CSV, end times')
  const answered = desk.state().incident
  desk.openFiles([file()])
  await until(() => desk.state().pending.length > 0)
  await until(() => desk.state().pending.length === 0)
  expect(desk.state().incident).toEqual(answered)
  expect(desk.state().questions).toEqual([])
})

test('a file that is refused says why, and takes nothing away', async () => {
  const { desk, until } = setup()
  desk.openFiles([jtl()])
  await until(() => sources(desk).length === 1)
  desk.openFiles([new File(['neither this nor that'], 'notes.txt')])
  await until(() => desk.state().pending.some(({ kind }) => kind === 'failed'))
  const [refused] = desk.state().pending
  expect(refused).toMatchObject({ name: 'notes.txt', message: /notes\.txt/ })
  expect(sources(desk)).toEqual(['run.jtl'])
  desk.dismiss(refused!.id)
  expect(desk.state().pending).toEqual([])
})

test('history lies under the files, and a clock that is off is found by it, never moved by itself', async () => {
  const { desk, until } = setup({ aheadMs: 41_000 })
  await desk.showHistory(ORGANISATION, { from: START, to: later(START, 400_000) }, LIVE)
  desk.openFiles([jtl()])
  await until(() => sources(desk).length === 1)
  const { id } = desk.state().draft.files[0]!.source
  await until(() => desk.state().clocks.get(id)?.found)
  expect(desk.state().clocks.get(id)).toMatchObject({
    against: open.title,
    found: { kind: 'aligned' },
  })
  const { found } = desk.state().clocks.get(id)!
  expect(found?.kind === 'aligned' && Math.abs(found.offsetMs - 41_000)).toBeLessThanOrEqual(2_000)
  const levelStart = () =>
    desk.state().incident!.samples.find(({ metric }) => metric !== open.id)!.series.timeMs[0]!
  const before = levelStart()
  desk.moveClock(id, {
    movedMs: durationMs(41_000),
    plusMinusMs: durationMs(2_000),
    how: 'correlation',
    drift: null,
  })
  expect(levelStart() - before).toBe(41_000)
})

test('the newest window of history is the one that is shown', async () => {
  const { desk } = setup()
  const first = desk.showHistory(ORGANISATION, { from: START, to: later(START, 100_000) }, LIVE)
  const second = desk.showHistory(ORGANISATION, { from: START, to: later(START, 50_000) }, LIVE)
  await Promise.all([first, second])
  expect(desk.state().incident).toMatchObject({ from: START, to: later(START, 50_000) })
})

test('what is kept here stands there before another machine has answered, which is said to be read', async () => {
  const near = history()
  const whole = history(1_000)
  let answer: () => void = () => undefined
  const answered = new Promise<void>((resolve) => {
    answer = resolve
  })
  const kept = {
    ...near,
    read: (...wanted: Parameters<typeof near.read>) => answered.then(() => whole.read(...wanted)),
    here: () => near,
  }
  const { desk, until } = setup({ kept })
  const shown = desk.showHistory(ORGANISATION, WINDOW, LIVE)
  const firstAt = () => desk.state().incident?.samples[0]?.series.timeMs[0]
  await until(() => firstAt() === START)
  expect(desk.state().isReadingHistory).toBe(true)
  answer()
  await shown
  expect(firstAt()).toBe(START + 1_000)
  expect(desk.state().isReadingHistory).toBe(false)
})

test('notes are kept with the review, and one that was removed comes back', async () => {
  const { desk, until, again } = setup()
  desk.openFiles([jtl()])
  await until(() => sources(desk).length === 1)
  desk.addNote({ at: later(START, 5_000), text: 'Sockets were open.', author: '', place: 'notes' })
  const [note] = desk.state().draft.notes
  const undo = desk.removeNote(note!.id)
  expect(desk.state().draft.notes).toEqual([])
  undo()
  desk.editNote(note!.id, 'Sockets were still open.')
  await desk.kept()
  const reloaded = again()
  await until(() => !reloaded.state().isLoading)
  expect(reloaded.state().incident?.notes[0]?.text).toBe('Sockets were still open.')
  expect(sources(reloaded)).toEqual(['run.jtl'])
})

test('what cannot be kept is said, and no longer once it is', async () => {
  const { desk, drafts, until } = setup()
  await until(() => !desk.state().isLoading)
  drafts.fail(new Error('no room'))
  desk.setTitle('Run 7')
  await until(() => desk.state().problems.length === 1)
  expect(desk.state().problems[0]).toMatch(/not kept.*no room/)
  drafts.fail(null)
  desk.setTitle('Run 8')
  await until(() => desk.state().problems.length === 0)
})

test('a bundle gives back the same window and, byte for byte, the same verdict', async () => {
  const incident = someIncident()
  const report = incidentEvidence(incident)
  const { html, fingerprint } = writeBundle(incident, report, '')
  const { desk, until, ready } = setup()
  desk.openFiles([new File([html], 'incident.html')])
  await until(() => desk.state().bundle?.isSameVerdict)
  await ready()
  const { bundle, incident: opened, findings } = desk.state()
  expect(bundle).toMatchObject({ fingerprint, changed: [] })
  expect([opened!.from, opened!.to]).toEqual([incident.from, incident.to])
  expect(findings.kind === 'ready' && reportText(findings.findings.report)).toBe(reportText(report))
})

test('what a bundle took the place of comes back', async () => {
  const incident = someIncident()
  const { html } = writeBundle(incident, incidentEvidence(incident), '')
  const { desk, until } = setup()
  desk.openFiles([jtl()])
  await until(() => sources(desk).length === 1)
  const before = desk.state().incident
  desk.openFiles([new File([html], 'incident.html')])
  await until(() => desk.state().bundle)
  expect(desk.state().replaced?.by).toBe('incident.html')
  desk.state().replaced!.undo()
  expect(desk.state().bundle).toBeNull()
  expect(desk.state().incident).toEqual(before)
})

test('the review of an organisation hands a bundle on, and stays as it is', async () => {
  const incident = someIncident()
  const { html } = writeBundle(incident, incidentEvidence(incident), '')
  const handed: string[] = []
  const { desk, until } = setup({ onBundle: ({ name }) => void handed.push(name) })
  desk.openFiles([new File([html], 'incident.html')])
  await until(() => handed.length === 1)
  expect(desk.state().bundle).toBeNull()
  expect(desk.state().incident).toBeNull()
})

test('a bundle that was changed is read, and says what was changed', async () => {
  const incident = someIncident()
  const { html } = writeBundle(incident, incidentEvidence(incident), '')
  const [whole] = /\[10000,\d+\]/.exec(html.slice(html.indexOf('tidemark-series-1')))!
  const changed = html.replace(whole, whole.replace(/,\d+/, ',1'))
  expect(changed).not.toBe(html)
  const { desk, until } = setup()
  desk.openFiles([new File([changed], 'incident.html')])
  await until(() => desk.state().bundle)
  expect(desk.state().bundle!.changed[0]).toMatch(/^series /)
})

test('clearing leaves the history, and can be taken back', async () => {
  const { desk, until } = setup()
  await desk.showHistory(ORGANISATION, { from: START, to: later(START, 400_000) }, LIVE)
  desk.openFiles([jtl()])
  await until(() => sources(desk).length === 1)
  const before = desk.state().incident
  const undo = desk.clear()
  expect(sources(desk)).toEqual([])
  expect(desk.state().incident?.metrics.map(({ id }) => id)).toEqual([metricId('connections.open')])
  undo()
  expect(desk.state().incident).toEqual(before)
})

/** A month later: only what the minutes came to is kept. */
const MONTH_LATER = { now: later(START, 30 * DAY_MS) }
const WINDOW = { from: START, to: later(START, 400_000) }

test('a window whose samples are gone is drawn in steps, which are no part of the incident', async () => {
  const { desk, ready } = setup(MONTH_LATER)
  await desk.showHistory(ORGANISATION, WINDOW, LIVE)
  await ready()
  const { incident, stores, unjudged, summarised } = desk.state()
  expect(incident!.samples).toEqual([])
  expect(stores!.drawn.range(open.id, WINDOW.from, WINDOW.to)?.max).toBeGreaterThan(130)
  expect(stores!.drawn.at(open.id, later(START, 60_000))).toBeNull()
  expect(summarised!.metrics.map(({ id }) => id)).toEqual([open.id])
  expect(unjudged).toMatchObject({ isPruned: true, stepMs: 60_000 })
})

test('steps are not kept with the review, and leave the screen with their window', async () => {
  const { desk, until, drafts } = setup(MONTH_LATER)
  await desk.showHistory(ORGANISATION, WINDOW, LIVE)
  await desk.kept()
  expect((await drafts.load('files'))!.base).toEqual({ kind: 'history' })
  const undo = desk.clear()
  expect(desk.state().summarised).not.toBeNull()
  const incident = someIncident()
  const { html } = writeBundle(incident, incidentEvidence(incident), '')
  desk.openFiles([new File([html], 'incident.html')])
  await until(() => desk.state().bundle)
  expect(desk.state()).toMatchObject({ summarised: null, unjudged: null })
  undo()
  expect(desk.state().unjudged).not.toBeNull()
})

test('a window with samples is judged, and shows no steps', async () => {
  const { desk } = setup()
  await desk.showHistory(ORGANISATION, WINDOW, LIVE)
  expect(desk.state()).toMatchObject({ summarised: null, unjudged: null })
  expect(desk.state().stores!.drawn.at(open.id, later(START, 60_000))).not.toBeNull()
})
