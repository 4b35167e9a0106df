/**
 * Fifty organisations in one page: 20 metrics each, asked every 10 seconds with a request of their own, by monitors as the page builds them (worker timer, locks, channel, IndexedDB),
 * of simulated organisations in a process of their own, with one of them on the Live screen. `npx tsx bench/organisations.ts [minutes]`, ten minutes; real time passes.
 */
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import { type BenchPage, openBenchBrowser } from './browser/benchBrowser.ts'
import type { OrganisationsEnd, OrganisationsLoad } from './browser/pages/organisations.tsx'
import type { PollTotals } from './browser/pages/polls.ts'
import { medianOf } from './measure.ts'
import { openTenants } from './organisations/openTenants.ts'
import { report } from './record.ts'

const ORGANISATIONS = 50
const METRICS = 20
const EVERY_MS = 10_000
const MINUTE_MS = 60_000
/** Sign-in, preflights, the first look of the evidence: done by then. */
const WARM_UP_MS = 2 * MINUTE_MS
const LOOK_EVERY_MS = 10_000
const MB = 1024 * 1024

type Look = PollTotals & { longestTaskMs: number }

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Ten seconds of it: shares of one core, and what was polled meanwhile. */
async function slice({ call, cost }: BenchPage, serverMs: () => Promise<number>) {
  const at = performance.now()
  const before = { ...(await cost()), serverMs: await serverMs() }
  await wait(LOOK_EVERY_MS)
  const after = { ...(await cost()), serverMs: await serverMs() }
  const tookMs = performance.now() - at
  return {
    main: (after.mainMs - before.mainMs) / tookMs,
    browser: ((after.cpuMs ?? NaN) - (before.cpuMs ?? NaN)) / tookMs,
    server: (after.serverMs - before.serverMs) / tookMs,
    ...(await call<Look>('look')),
  }
}

type Slice = Awaited<ReturnType<typeof slice>>

const worst = (slices: readonly Slice[], of: (one: Slice) => number) => Math.max(...slices.map(of))
const sum = (slices: readonly Slice[], of: (one: Slice) => number) =>
  slices.reduce((total, one) => total + of(one), 0)

/** Tasks are counted by the CPU they take and not by how long they last, so that what else the machine does is not the page's. */
async function countCpuOnly({ cdp }: BenchPage) {
  await cdp.send('Performance.disable')
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
}

/** The page for so long, and what it held after the warm-up and at the end. */
async function watched(minutes: number, screen: OrganisationsLoad['screen']) {
  const tenants = await openTenants(ORGANISATIONS)
  const browser = await openBenchBrowser()
  try {
    return await browser.open('organisations.html', async (page) => {
      const load = { urls: tenants.urls, metrics: METRICS, everyMs: EVERY_MS, screen }
      await countCpuOnly(page)
      const begun = performance.now()
      await page.call('start', load satisfies OrganisationsLoad)
      await wait(Math.max(0, WARM_UP_MS - (performance.now() - begun)))
      const before = await page.held()
      await page.call('look')
      const slices: Slice[] = []
      while (performance.now() - begun < minutes * MINUTE_MS) {
        const one = await slice(page, tenants.cpuMs)
        slices.push(one)
        console.log(`${Math.round((performance.now() - begun) / 1000)} s ${JSON.stringify(one)}`)
      }
      const after = await page.held()
      return { slices, before, after, end: await page.call<OrganisationsEnd>('end') }
    })
  } finally {
    await browser.close()
    tenants.close()
  }
}

/** Measures the page with the Live screen, and says what it cost and what it lost. */
export async function benchOrganisations(minutes = 10) {
  const { slices, before, after, end } = await watched(minutes, 'live')
  const percent = (share: number) => share * 100
  const expected = (sum(slices, () => 1) * ORGANISATIONS * METRICS * LOOK_EVERY_MS) / EVERY_MS
  report('organisations', {
    title: `${ORGANISATIONS} organisations × ${METRICS} metrics at ${EVERY_MS / 1000} s, ${minutes} minutes, one on the Live screen`,
    command: `npx tsx bench/organisations.ts${minutes === 10 ? '' : ` ${minutes}`}`,
    rows: {
      'of one core': {
        'main thread %': percent(medianOf(slices.map(({ main }) => main))),
        'worst 10 s %': percent(worst(slices, ({ main }) => main)),
        'browser %': percent(medianOf(slices.map(({ browser }) => browser))),
        'simulator %': percent(medianOf(slices.map(({ server }) => server))),
      },
      polls: {
        polls: sum(slices, ({ polls }) => polls),
        expected,
        'latest start ms': worst(slices, ({ latestStartMs }) => latestStartMs),
        'latest reply ms': worst(slices, ({ latestReplyMs }) => latestReplyMs),
        'p99 reply ms': medianOf(slices.map(({ p99ReplyMs }) => p99ReplyMs)),
        'longest task ms': worst(slices, ({ longestTaskMs }) => longestTaskMs),
      },
      held: {
        'heap before': before.heapBytes / MB,
        'heap after': after.heapBytes / MB,
        'RSS before': (before.residentBytes ?? NaN) / MB,
        'RSS after': (after.residentBytes ?? NaN) / MB,
      },
    },
    goals: [
      {
        words: 'main thread',
        value: percent(medianOf(slices.map(({ main }) => main))),
        most: 25,
        unit: '% of one core',
      },
      { words: 'ticks left out', value: end.skippedTicks, most: 0, unit: 'polls' },
      { words: 'gaps and failures', value: end.gaps + end.failures, most: 0, unit: 'polls' },
      {
        words: 'replies later than a second after they were due',
        value: sum(slices, ({ lateReplies }) => lateReplies),
        most: 0,
        unit: 'polls',
      },
      { words: 'held and not written', value: end.unwritten, most: 0, unit: 'samples' },
      {
        words: 'heap after garbage collection grows',
        value: (after.heapBytes - before.heapBytes) / MB,
        most: 2,
        unit: 'MB',
      },
    ],
  })
}

if (isMainThread && process.argv[1] === fileURLToPath(import.meta.url))
  await benchOrganisations(minutesAsked())

function minutesAsked(): number | undefined {
  const word = process.argv.slice(2).find((one) => !one.startsWith('--'))
  return word === undefined ? undefined : Number(word)
}
