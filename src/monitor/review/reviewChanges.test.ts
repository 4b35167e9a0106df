import { expect, test, vi } from 'vitest'
import { NO_LIMIT_SETTINGS } from '#domain/limits/limitSettings.ts'
import { incidentEvidence } from '#domain/incident/incidentEvidence.ts'
import { durationMs, epochMs, later, MINUTE_MS, orgId } from '#domain/units.ts'
import { reportText } from '#sources/exports/bundle/reportText.ts'
import { writeBundle } from '#sources/exports/bundle/writeBundle.ts'
import { createMemoryHistory } from '#sources/history/memoryHistory.ts'
import type { FileImport } from '#sources/imports/fileImport.ts'
import { importFile } from '#sources/imports/importFile.ts'
import { JTL_START_MS, jtlLine, jtlText } from '#testing/jtlText.ts'
import { memoryDrafts } from '#testing/memoryDrafts.ts'
import { someIncident } from '#testing/someIncident.ts'
import { createReviewDesk, type ReviewDesk } from './reviewDesk.ts'
import { createReviewWorker } from './reviewWorker.ts'

const START = epochMs(JTL_START_MS)
const load = (second: number) => 20 + Math.round(12 * Math.sin(second / 40))
const lines = Array.from({ length: 120 }, (_, s) => jtlLine(s, load(s) >= 30 ? 503 : 200, load(s)))
const jtl = (name: string) => new File([jtlText(...lines)], name)
const bundleOf = (incident: ReturnType<typeof someIncident>, name = 'incident.html') =>
  new File([writeBundle(incident, incidentEvidence(incident), '').html], name)

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
const WINDOW = { from: START, to: later(START, MINUTE_MS) }

function setup(drafts: ReturnType<typeof memoryDrafts> = memoryDrafts()) {
  const worker = createReviewWorker()
  const asked = { findings: vi.spyOn(worker, 'findings'), match: vi.spyOn(worker, 'match') }
  const readFile = vi.fn(importFile)
  const history = createMemoryHistory('a test', START)
  const made = () =>
    createReviewDesk({
      key: 'files',
      zone: 'UTC',
      drafts,
      history,
      worker,
      readFile,
      random: Math.random,
      now: () => later(START, MINUTE_MS),
      pacing: () => () => Promise.resolve(),
    })
  const until = (holds: () => unknown) =>
    vi.waitFor(() => expect(holds()).toBeTruthy(), { timeout: 20_000 })
  const laid = async (desk: ReviewDesk, ...files: File[]) => {
    const before = desk.state().draft.files.length
    desk.openFiles(files)
    await until(() => desk.state().draft.files.length === before + files.length)
  }
  return { desk: made(), made, drafts, history, asked, readFile, until, laid }
}

const names = (desk: ReviewDesk) => desk.state().draft.files.map(({ source }) => source.name)
const idOf = (desk: ReviewDesk, name: string) =>
  desk.state().draft.files.find(({ source }) => source.name === name)!.source.id
const note = (text: string) =>
  ({ at: later(START, 5_000), text, author: '', place: 'notes' }) as const

test('what a link asks for before the kept review is there neither hides nor overwrites it', async () => {
  const { desk, made, until, laid } = setup()
  await laid(desk, jtl('run.jtl'))
  desk.addNote(note('Sockets were open.'))
  await desk.kept()
  const next = made()
  const span = { from: START, to: later(START, 60_000) }
  next.showSpan(span)
  next.compare({ a: span, b: span })
  next.addNote(note('And were closed.'))
  await until(() => !next.state().isLoading)
  expect(names(next)).toEqual(['run.jtl'])
  expect(next.state().incident).toMatchObject({ ...span, comparison: { a: span, b: span } })
  expect(next.state().draft.notes).toHaveLength(2)
  await next.kept()
  const last = made()
  await until(() => !last.state().isLoading)
  expect(last.state().draft).toEqual(next.state().draft)
})

test('a kept review comes back in the zone that is shown now', async () => {
  const { desk, made, until, laid } = setup()
  await laid(desk, jtl('run.jtl'))
  desk.setZone('Europe/Berlin')
  await desk.kept()
  const next = made()
  await until(() => next.state().incident)
  expect(next.state().incident!.zone).toBe('UTC')
})

test('a review that was left before it was read asks nobody', async () => {
  const { desk, made, laid, asked, drafts } = setup()
  await laid(desk, jtl('run.jtl'))
  await desk.kept()
  const read = vi.spyOn(drafts, 'load')
  asked.findings.mockClear()
  const next = made()
  next.close()
  await read.mock.results[0]?.value
  await Promise.resolve()
  expect(asked.findings).not.toHaveBeenCalled()
})

test('a file that comes back leaves those laid on since', async () => {
  const { desk, laid } = setup()
  await laid(desk, jtl('a.jtl'))
  await laid(desk, jtl('b.jtl'))
  const undo = desk.removeFile(idOf(desk, 'a.jtl'))
  await laid(desk, jtl('c.jtl'))
  undo()
  expect(names(desk)).toEqual(['a.jtl', 'b.jtl', 'c.jtl'])
  undo()
  expect(names(desk)).toEqual(['a.jtl', 'b.jtl', 'c.jtl'])
})

test('a note that comes back leaves those written since', async () => {
  const { desk, laid } = setup()
  await laid(desk, jtl('a.jtl'))
  desk.addNote(note('one'))
  const undo = desk.removeNote(desk.state().draft.notes[0]!.id)
  desk.addNote(note('two'))
  undo()
  expect(desk.state().draft.notes.map(({ text }) => text)).toEqual(['one', 'two'])
})

test('a cleared review comes back with what was laid on since', async () => {
  const { desk, laid } = setup()
  await laid(desk, jtl('a.jtl'))
  desk.addNote(note('one'))
  const undo = desk.clear()
  await laid(desk, jtl('b.jtl'))
  desk.addNote(note('two'))
  undo()
  expect(names(desk)).toEqual(['a.jtl', 'b.jtl'])
  expect(desk.state().draft.notes.map(({ text }) => text)).toEqual(['one', 'two'])
})

test('nothing is asked of a file that was taken off, until it is back', async () => {
  const { desk, until } = setup()
  // Rows in the order of their ends: long answers began before short ones.
  const rows = Array.from({ length: 200 }, (_, s) =>
    jtlLine(s, 200, load(s), { elapsed: s % 2 === 0 ? 4_000 : 50 }),
  )
  desk.openFiles([new File([jtlText(...rows)], 'ends.jtl')])
  await until(() => desk.state().questions.length === 1)
  const undo = desk.removeFile(idOf(desk, 'ends.jtl'))
  expect(desk.state().questions).toEqual([])
  undo()
  expect(desk.state().questions.map(({ name }) => name)).toEqual(['ends.jtl'])
})

test('an answer that changes no reading reads nothing again', async () => {
  const { desk, laid, readFile } = setup()
  await laid(desk, jtl('a.jtl'))
  desk.answerStamp(idOf(desk, 'a.jtl'), 'start')
  expect(desk.state().draft.files[0]!.readBy).toEqual({ stamp: 'start' })
  expect(readFile).toHaveBeenCalledTimes(1)
})

test('of two answers about one file the newer holds, whichever reading is over first', async () => {
  const { desk, laid, readFile, until } = setup()
  await laid(desk, jtl('a.jtl'))
  const id = idOf(desk, 'a.jtl')
  let finishSlow: (() => void) | undefined
  readFile.mockImplementationOnce(async (file, options) => {
    const result: FileImport = await importFile(file, {
      ...options,
      signal: new AbortController().signal,
    })
    await new Promise<void>((resolve) => (finishSlow = resolve))
    return result
  })
  desk.readAgain(id, { stamp: 'end' })
  desk.readAgain(id, { stamp: 'start' })
  await until(() => desk.state().draft.files[0]?.readBy?.stamp === 'start' && finishSlow)
  const before = desk.state().draft
  finishSlow!()
  await new Promise((resolve) => setTimeout(resolve))
  expect(desk.state().draft).toBe(before)
  expect(desk.state().pending).toEqual([])
})

test('the same bundle twice changes nothing, notes written meanwhile among it', async () => {
  const { desk, until } = setup()
  const incident = someIncident()
  desk.openFiles([bundleOf(incident)])
  await until(() => desk.state().bundle?.isSameVerdict)
  desk.addNote(note('Read it.'))
  const { draft } = desk.state()
  desk.openFiles([bundleOf(incident)])
  await until(() => desk.state().pending.length > 0)
  await until(() => desk.state().pending.length === 0)
  expect(desk.state().draft).toBe(draft)
})

test('a file that is dropped together with a bundle lies over it, whichever is read first', async () => {
  const { desk, readFile, until, laid } = setup()
  await laid(desk, jtl('before.jtl'))
  let go: (() => void) | undefined
  readFile.mockImplementationOnce(async (...args) => {
    await new Promise<void>((resolve) => (go = resolve))
    return importFile(...args)
  })
  desk.openFiles([bundleOf(someIncident()), jtl('a.jtl')])
  await until(() => names(desk).includes('a.jtl') && go)
  go!()
  await until(() => desk.state().bundle)
  expect(names(desk)).toEqual(['a.jtl'])
})

test('a bundle that was changed says so after a reload, too, and no longer when it is gone', async () => {
  const { desk, made, until } = setup()
  const html = await bundleOf(someIncident()).text()
  const [whole] = /\[10000,\d+\]/.exec(html.slice(html.indexOf('tidemark-series-1')))!
  desk.openFiles([new File([html.replace(whole, whole.replace(/,\d+/, ',1'))], 'incident.html')])
  await until(() => desk.state().bundle?.changed.length === 1)
  await desk.kept()
  const next = made()
  await until(() => next.state().bundle?.isSameVerdict === false)
  expect(next.state().bundle).toMatchObject({ name: 'incident.html', changed: [/^series /] })
  const undo = next.clear()
  expect(next.state().bundle).toBeNull()
  undo()
  expect(next.state().bundle?.changed).toHaveLength(1)
})

test('findings that are ready never stand beside an incident that they are not of', async () => {
  const { desk, laid, until } = setup()
  await laid(desk, jtl('a.jtl'))
  await until(() => desk.state().findings.kind === 'ready')
  const judged = desk.state().incident
  const seen: unknown[] = []
  desk.subscribe(() => {
    const { findings, incident } = desk.state()
    if (findings.kind === 'ready' && incident !== judged) seen.push(incident)
  })
  desk.typeLimit(desk.state().incident!.metrics[0]!.id, 30)
  expect(seen).toEqual([])
})

test('findings of a review that was cleared are not shown for the next', async () => {
  const { desk, laid, until, asked } = setup()
  let answer: (() => void) | undefined
  const { findings } = createReviewWorker()
  asked.findings.mockImplementationOnce(async (incident) => {
    await new Promise<void>((resolve) => (answer = resolve))
    return findings(incident)
  })
  await laid(desk, jtl('a.jtl'))
  await until(() => answer)
  desk.clear()
  answer!()
  const shown: unknown[] = []
  desk.subscribe(() => {
    const view = desk.state().findings
    if (view.kind === 'computing') shown.push(view.last)
  })
  await laid(desk, jtl('b.jtl'))
  expect(new Set(shown)).toEqual(new Set([null]))
})

test('a window that was given up for another says nothing when it cannot be read', async () => {
  const { desk, history } = setup()
  let fail: ((reason: Error) => void) | undefined
  vi.spyOn(history, 'read').mockImplementationOnce(
    () => new Promise((_, reject) => (fail = reject)),
  )
  const first = desk.showHistory(ORGANISATION, WINDOW, LIVE)
  await vi.waitFor(() => expect(fail).toBeDefined(), 20_000)
  await desk.showHistory(ORGANISATION, WINDOW, LIVE)
  fail!(new Error('gone'))
  await first
  expect(desk.state().problems).toEqual([])
})

test('a note moves no sample, and a clock asks only about what is held against it', async () => {
  const { desk, laid, asked } = setup()
  await laid(desk, jtl('a.jtl'))
  await laid(desk, jtl('b.jtl'))
  const { stores, incident } = desk.state()
  const { errors } = incident!
  const before = asked.match.mock.calls.length
  desk.addNote(note('one'))
  expect(desk.state().stores).toBe(stores)
  expect(desk.state().incident!.errors).toBe(errors)
  expect(asked.match.mock.calls).toHaveLength(before)
  await vi.waitFor(
    () => expect(desk.state().clocks.get(idOf(desk, 'a.jtl'))?.found).toBeTruthy(),
    20_000,
  )
  const known = desk.state().clocks.get(idOf(desk, 'a.jtl'))
  for (const movedMs of [500, 1_000, 1_500])
    desk.moveClock(idOf(desk, 'a.jtl'), {
      movedMs: durationMs(movedMs),
      plusMinusMs: null,
      how: 'byHand',
      drift: null,
    })
  // The file itself is held against what did not move; the other one waits for the last of the three.
  expect(desk.state().clocks.get(idOf(desk, 'a.jtl'))).toBe(known)
  expect(asked.match.mock.calls.length - before).toBeLessThanOrEqual(2)
  expect(desk.state().stores).not.toBe(stores)
})

test('a review with moved clocks, chosen columns, typed limits, notes and a comparison comes back from its bundle as it was', async () => {
  const { desk, until, laid } = setup()
  const table = ['at,open,users', ...lines.map((_, s) => `${START + s * 1_000},${load(s)},${s}`)]
  const csv = () => new File([table.join('\n')], 'c.csv')
  await laid(desk, jtl('a.jtl'), jtl('b.jtl'), csv())
  const columns = { time: 0, values: [2], limit: null }
  desk.readAgain(idOf(desk, 'c.csv'), { columns })
  await until(() => desk.state().draft.files.some(({ readBy }) => readBy?.columns))
  const [a, b] = ['a.jtl', 'b.jtl'].map((name) => idOf(desk, name)) as [string, string]
  desk.moveClock(a, {
    movedMs: durationMs(-41_500),
    plusMinusMs: durationMs(2_000),
    how: 'correlation',
    drift: { ppm: 187.3, from: later(START, 3_000) },
  })
  desk.moveClock(b, { movedMs: durationMs(500), plusMinusMs: null, how: 'byHand', drift: null })
  for (const { id, kind } of desk.state().incident!.metrics)
    if (kind === 'gauge') desk.typeLimit(id, 30)
  desk.addNote(note('Sockets were open.'))
  desk.addNote({ ...note('Somebody restarted it.'), place: 'timeline' })
  desk.setTitle('Run 7')
  const { from, to } = desk.state().incident!
  const middle = epochMs((from + to) / 2)
  desk.compare({ a: { from, to: middle }, b: { from: middle, to } })
  const moved = desk.state().incident
  desk.openFiles([jtl('a.jtl'), jtl('b.jtl'), csv()])
  await until(() => desk.state().pending.length > 0)
  await until(() => desk.state().pending.length === 0)
  expect(desk.state().incident).toEqual(moved)
  await until(() => desk.state().findings.kind === 'ready')
  const { html, fingerprint } = await desk.bundle('')
  const given = desk.state()
  const report = given.findings.kind === 'ready' && reportText(given.findings.findings.report)

  const other = setup().desk
  other.openFiles([new File([html], 'run-7.html')])
  await until(() => other.state().bundle?.isSameVerdict !== null && other.state().bundle)
  await until(() => other.state().findings.kind === 'ready')
  const taken = other.state()
  expect(taken.bundle).toMatchObject({ isSameVerdict: true, changed: [], fingerprint })
  expect(taken.incident).toEqual(given.incident)
  expect(taken.findings.kind === 'ready' && reportText(taken.findings.findings.report)).toBe(report)
})
