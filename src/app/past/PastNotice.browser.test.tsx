import { deleteDB } from 'idb'
import { afterEach, expect, test, vi } from 'vitest'
import { page } from 'vitest/browser'
import { render } from 'vitest-browser-react'
import { observation } from '#domain/observation.ts'
import { type EpochMs, epochMs, HOUR_MS, later, MINUTE_MS, orgId } from '#domain/units.ts'
import { createIndexedDbHistory } from '#sources/history/indexedDbHistory.ts'
import { createHistoryPerOrganisation } from '#sources/history/prometheus/historyPerOrganisation.ts'
import { json } from '#testing/answering.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { someMetric } from '#testing/someMetric.ts'
import { STEERED_START } from '#testing/steeredClock.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import { PastNotice } from './PastNotice.tsx'

const NAME = 'history-beside-prometheus'
afterEach(() => deleteDB(NAME))

const ORG = orgId('alder')
const OPEN = someMetric('connections.open')
const FROM = later(STEERED_START, -4 * HOUR_MS)
const WINDOW = { from: FROM, to: STEERED_START }
/** The first hour was watched in this browser. */
const HERE = Float64Array.from({ length: 60 }, (_, minute) => FROM + minute * MINUTE_MS)

/** What waits for a Prometheus to come back is called by hand. */
let lookAgain: () => void = () => undefined

function after(delayMs: number, call: () => void) {
  if (delayMs >= 30_000) {
    lookAgain = call
    return () => void (lookAgain = () => undefined)
  }
  const timer = setTimeout(call, delayMs)
  return () => clearTimeout(timer)
}

type Answer = () => Response | Error | Promise<Response>

async function setup(answer: Answer, shown: { from: EpochMs; to: EpochMs } = WINDOW) {
  const now = () => STEERED_START
  const kept = createIndexedDbHistory({ name: NAME, now, after })
  const samples = [{ metric: OPEN.id, series: { timeMs: HERE, value: HERE.map(() => 7) } }]
  kept.write(ORG, observation({ metrics: [OPEN], samples }))
  await kept.flushed()
  const state = { answer }
  const { history, past } = createHistoryPerOrganisation({
    history: kept,
    placeOf: () => ({ url: 'http://prometheus.test', organisation: null, hasFeed: false }),
    fetch: async () => {
      const reply = await state.answer()
      if (reply instanceof Error) throw reply
      return reply
    },
    now,
    after,
  })
  const read = async () => {
    const { samples: found } = await history.read(ORG, FROM, STEERED_START)
    return found[0]!.series.value.length
  }
  const onAgain = vi.fn()
  await render(
    <TidemarkTheme theme="dark">
      <PastNotice
        past={past}
        org={ORG}
        windowAt={() => shown}
        clock={now}
        zone="UTC"
        onAgain={onAgain}
      />
    </TidemarkTheme>,
  )
  return { state, read, onAgain, close: kept.close }
}

const line = () => page.getByRole('status')
const nothing = () => json({ status: 'success', data: { resultType: 'matrix', result: [] } })

const recorded = () =>
  json({
    status: 'success',
    data: {
      resultType: 'matrix',
      result: [
        {
          metric: { organisation: 'alder', metric: OPEN.id },
          values: [[STEERED_START / 1000 - 600, '5']],
        },
      ],
    },
  })

const SENTENCES: [string, Answer, RegExp][] = [
  [
    'down',
    () => new TypeError('Failed to fetch'),
    /^History from Prometheus is not whole from 06:00 to 09:00: .*no readable reply/,
  ],
  ['silent', () => new DOMException('late', 'TimeoutError') as Error, /did not answer in time/],
  [
    'empty',
    nothing,
    /^06:00 to 09:00: Prometheus answers, and has nothing of organisation “alder”/,
  ],
  [
    'asked without credentials',
    () => new Response('', { status: 401 }),
    /tidemark serve --prometheus/,
  ],
  [
    'out of memory',
    () => json({ errorType: 'execution', error: 'out of memory' }, { status: 422 }),
    /it says “out of memory”/,
  ],
  [
    'sending samples out of order',
    () =>
      json({
        status: 'success',
        data: {
          resultType: 'matrix',
          result: [
            {
              metric: { organisation: 'alder', metric: OPEN.id },
              values: [
                [STEERED_START / 1000 - 600, '5'],
                [STEERED_START / 1000 - 900, '5'],
              ],
            },
          ],
        },
      }),
    /sent samples out of order; they were sorted/,
  ],
]

test.each(SENTENCES)(
  'where Prometheus is %s, one line says so, and what this browser kept is there',
  async (_name, answer, words) => {
    const { read, close } = await setup(answer)
    expect(await read()).toBeGreaterThanOrEqual(60)
    await expect.element(line()).toBeVisible()
    expect(plainSpaces(line().element().textContent)).toMatch(words)
    await close()
  },
)

test('a wait is said while it lasts, and nothing where nothing is wrong', async () => {
  let answerNow: (reply: Response) => void = () => undefined
  const first = new Promise<Response>((done) => {
    answerNow = done
  })
  const { read, close } = await setup(() => first.then((reply) => reply.clone()))
  const reading = read()
  const waits = page.getByText(/^Older history is being read/)
  await expect.poll(() => waits.elements().length, { timeout: 5_000 }).toBe(1)
  answerNow(nothing())
  await reading
  await expect.element(line()).toHaveTextContent(/has nothing of organisation/)
  await close()
})

test('trying again reads anew, and a whole answer takes the line away', async () => {
  const { state, read, onAgain, close } = await setup(() => new TypeError('down'))
  await read()
  state.answer = recorded
  await page.getByRole('button', { name: 'Try again' }).click()
  expect(onAgain).toHaveBeenCalledOnce()
  expect(await read()).toBeGreaterThan(60)
  await expect.element(line()).not.toBeInTheDocument()
  await close()
})

test('one that comes back is read without anybody asking, and the line goes', async () => {
  const { state, read, onAgain, close } = await setup(() => new TypeError('down'))
  await read()
  await expect.element(line()).toHaveTextContent(/is read as soon as Prometheus answers again/)
  lookAgain()
  onAgain.mockImplementation(() => void read())
  expect(onAgain).not.toHaveBeenCalled()
  state.answer = recorded
  await expect
    .poll(() => {
      lookAgain()
      return onAgain.mock.calls.length
    })
    .toBe(1)
  await expect.element(line()).not.toBeInTheDocument()
  await close()
})

test('a question that was too much for it is not asked again by itself', async () => {
  const { read, close } = await setup(() => new DOMException('late', 'TimeoutError') as Error)
  lookAgain = () => undefined
  const untouched = lookAgain
  await read()
  await expect.element(line()).toHaveTextContent(/did not answer in time/)
  expect(lookAgain).toBe(untouched)
  await close()
})

test('what is lacking elsewhere is no matter of this window, and a line can be hidden', async () => {
  const watched = { from: FROM, to: epochMs(FROM + 30 * MINUTE_MS) }
  const elsewhere = await setup(() => new TypeError('down'), watched)
  await elsewhere.read()
  await expect.element(line()).not.toBeInTheDocument()
  await elsewhere.close()
  const here = await setup(() => new TypeError('down'))
  await here.read()
  await page.getByRole('button', { name: 'Hide' }).click()
  await expect.element(line()).not.toBeInTheDocument()
  await here.close()
})
