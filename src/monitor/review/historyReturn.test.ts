import { expect, test } from 'vitest'
import { NO_LIMIT_SETTINGS } from '#domain/limits/limitSettings.ts'
import { observation } from '#domain/observation.ts'
import { HOUR_MS, later, MINUTE_MS, orgId } from '#domain/units.ts'
import { createMemoryHistory } from '#sources/history/memoryHistory.ts'
import { createHistoryPerOrganisation } from '#sources/history/prometheus/historyPerOrganisation.ts'
import { importFile } from '#sources/imports/importFile.ts'
import { json } from '#testing/answering.ts'
import { memoryDrafts } from '#testing/memoryDrafts.ts'
import { someMetric } from '#testing/someMetric.ts'
import { createSteeredClock, settled, STEERED_START } from '#testing/steeredClock.ts'
import { createReviewDesk } from './reviewDesk.ts'
import { createReviewWorker } from './reviewWorker.ts'

const OPEN = someMetric('connections.open', { group: 'connections' })
const ORGANISATION = {
  id: orgId('alder'),
  name: 'Alder',
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
/** A day; nobody watched but in its first hour. */
const FROM = later(STEERED_START, -24 * HOUR_MS)
const WINDOW = { from: FROM, to: STEERED_START }
const HERE = Float64Array.from({ length: 60 }, (_, minute) => FROM + minute * MINUTE_MS)

/** 5 connections every minute of whatever samples are asked for. */
function recorded(url: URL): Response {
  const range = /^tidemark_usage\{.*\}\[(\d+)(ms|s)\]$/.exec(url.searchParams.get('query') ?? '')
  const to = Number(url.searchParams.get('time'))
  const values: [number, string][] = []
  const from = range ? to - Number(range[1]) / (range[2] === 'ms' ? 1000 : 1) : Infinity
  for (let at = Math.ceil(from / 60) * 60; at <= to; at += 60) values.push([at, '5'])
  const result = range ? [{ metric: { organisation: 'alder', metric: OPEN.id }, values }] : []
  return json({ status: 'success', data: { resultType: 'matrix', result } })
}

/** A review beside a Prometheus that answers a number of questions and is then gone. */
function setup() {
  const steered = createSteeredClock()
  const here = createMemoryHistory('for a test', STEERED_START)
  const series = { timeMs: HERE, value: HERE.map(() => 7) }
  here.write(
    ORGANISATION.id,
    observation({ metrics: [OPEN], samples: [{ metric: OPEN.id, series }] }),
  )
  const state = { answersLeft: Infinity }
  const { history, past } = createHistoryPerOrganisation({
    history: here,
    placeOf: () => ({ url: 'http://prometheus.test', organisation: null, hasFeed: false }),
    fetch: (address) => {
      state.answersLeft -= 1
      return state.answersLeft < 0
        ? Promise.reject(new TypeError('fetch failed'))
        : Promise.resolve(recorded(new URL(address)))
    },
    now: steered.now,
    after: steered.timer.after,
  })
  const desk = createReviewDesk({
    key: 'alder',
    zone: 'UTC',
    drafts: memoryDrafts(),
    history,
    worker: createReviewWorker(),
    readFile: importFile,
    random: () => 0.5,
    now: steered.now,
    pacing: () => () => Promise.resolve(),
  })
  const read = () => desk.showHistory(ORGANISATION, WINDOW, LIVE)
  const counted = () => {
    const samples = desk.state().incident?.samples.flatMap((one) => [...one.series.value])
    const countOf = (wanted: number) => samples?.filter((value) => value === wanted).length ?? 0
    return { here: countOf(7), there: countOf(5) }
  }
  return { ...steered, state, past, desk, read, counted }
}

test('a Prometheus that goes down while a window is read and comes back: nothing is lost, and the rest is read', async () => {
  const { state, past, desk, read, counted, advance } = setup()
  state.answersLeft = 1
  await read()
  expect(counted().here).toBe(60)
  expect(counted().there).toBeGreaterThan(0)
  expect(counted().there).toBeLessThan(13 * 60)
  const { problems } = past.state(ORGANISATION.id)
  expect(problems.map(({ kind }) => kind)).toContain('network')
  expect(Math.min(...problems.map(({ from }) => from))).toBeGreaterThanOrEqual(HERE.at(-1)!)

  const stop = past.whenBack(ORGANISATION.id, () => {
    past.again(ORGANISATION.id)
    void read()
  })
  await advance(2 * MINUTE_MS)
  expect(past.state(ORGANISATION.id).problems).not.toEqual([])
  expect(counted().here).toBe(60)
  state.answersLeft = Infinity
  await advance(2 * MINUTE_MS)
  await settled()
  stop()
  expect(past.state(ORGANISATION.id).problems).toEqual([])
  expect(counted().here).toBe(60)
  expect(counted().there).toBeGreaterThanOrEqual(23 * 60 - 1)
  expect(desk.state().problems).toEqual([])
  expect(desk.state().isReadingHistory).toBe(false)
  desk.close()
})
