/**
 * The recorder as operators run it: fifty simulated organisations, which are in a process of their own, polled by the built command for real minutes;
 * then the same code over a virtual day. `npx tsx bench/recorder.ts [--minutes 5] [--hours 24]`; a virtual hour takes some 20 s.
 */
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import { medianOf } from './measure.ts'
import { openTenants } from './organisations/openTenants.ts'
import { numberAsked } from './numberAsked.ts'
import { report } from './record.ts'
import type { HeldAt } from './recorder/day.ts'
import { virtualDay } from './recorder/openDay.ts'
import { openRecorder } from './recorder/openRecorder.ts'

const ORGANISATIONS = 50
const MINUTE_MS = 60_000
/** Tokens, the hour of the past, the registry for the first time: done by then. */
const WARM_UP_MS = 2 * MINUTE_MS
const LOOK_EVERY_MS = 10_000
/** What is held for a time is filled by then: minutes of samples, ninety of what tells news from repetitions. */
const FULL_AFTER_HOURS = 2

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** The recorder for so many minutes: shares of one core, megabytes, polls and lines. */
async function watched(minutes: number) {
  const tenants = await openTenants(ORGANISATIONS)
  const organisations = tenants.urls.map((url, i) => ({
    id: `organisation-${i + 1}`,
    name: `Organisation ${i + 1}`,
    domain: new URL(url).host,
  }))
  const begun = performance.now()
  const recorder = await openRecorder(organisations)
  try {
    await wait(WARM_UP_MS - (performance.now() - begun))
    const startCpuMs = recorder.cpuMs()
    const before = { ...(await pollsOf(recorder.url)), lines: recorder.lines() }
    const residentMb = recorder.residentMb()
    const shares: number[] = []
    let cpuMs = recorder.cpuMs()
    let at = performance.now()
    const from = { cpuMs, at }
    while (performance.now() - begun < minutes * MINUTE_MS + WARM_UP_MS) {
      await wait(LOOK_EVERY_MS)
      const next = { cpuMs: recorder.cpuMs(), at: performance.now() }
      shares.push((next.cpuMs - cpuMs) / (next.at - at))
      cpuMs = next.cpuMs
      at = next.at
      console.log(
        `${Math.round((at - begun) / 1000)} s ${(shares.at(-1)! * 100).toFixed(1)} % ${recorder.residentMb().toFixed(0)} MB`,
      )
    }
    const after = { ...(await pollsOf(recorder.url)), lines: recorder.lines() }
    return {
      startCpuMs,
      meanShare: (cpuMs - from.cpuMs) / (at - from.at),
      shares,
      residentBeforeMb: residentMb,
      residentAfterMb: recorder.residentMb(),
      peakMb: recorder.peakMb(),
      polls: after.polls - before.polls,
      failed: after.failed - before.failed,
      skipped: after.skipped - before.skipped,
      lines: after.lines - before.lines,
      tookMs: at - from.at,
    }
  } finally {
    await recorder.stop()
    tenants.close()
  }
}

/** What a recorder's own metrics count of its polls. What an organisation does not have fails once, at the start. */
async function pollsOf(url: string) {
  const text = await (await fetch(`${url}/metrics`)).text()
  const sum = (line: RegExp) =>
    [...text.matchAll(line)].reduce((total, [, value]) => total + Number(value), 0)
  return {
    polls: sum(/^tidemark_polls_total\{.*outcome="ok".*\} (\S+)$/gm),
    failed: sum(/^tidemark_polls_total\{.*outcome="failed".*\} (\S+)$/gm),
    skipped: sum(/^tidemark_polls_skipped_total\{.*\} (\S+)$/gm),
  }
}

/** Measures both, and says what they came to. */
export async function benchRecorder(minutes = 5, hours = 24) {
  const found = await watched(minutes)
  const day = await virtualDay(hours)
  const { organisations: recorded } = day[0]!
  const settled = day.slice(FULL_AFTER_HOURS - 1)
  const half = settled.length >> 1
  /** What the second half of the day held more than the first. */
  const grown = (of: (at: HeldAt) => number) =>
    medianOf(settled.slice(half).map(of)) - medianOf(settled.slice(0, half).map(of))
  const percent = (share: number) => share * 100
  report('recorder', {
    title: `recorder: ${ORGANISATIONS} organisations for ${minutes} minutes, the built command; then ${hours} virtual hours of ${recorded}`,
    command: `npx tsx bench/recorder.ts${minutes === 5 ? '' : ` --minutes ${minutes}`}${hours === 24 ? '' : ` --hours ${hours}`}`,
    rows: {
      'of one core': {
        'mean %': percent(found.meanShare),
        'median 10 s %': percent(medianOf(found.shares)),
        'worst 10 s %': percent(Math.max(...found.shares)),
        'start CPU s': found.startCpuMs / 1000,
      },
      held: {
        'RSS before': found.residentBeforeMb,
        'RSS after': found.residentAfterMb,
        'RSS peak': found.peakMb,
      },
      'per second': {
        polls: (found.polls * 1000) / found.tookMs,
        'lines written': (found.lines * 1000) / found.tookMs,
      },
      ...Object.fromEntries(
        day.map(({ hour, heldMb, residentMb, lines, tookMs }) => [
          `hour ${hour}`,
          { 'held MB': heldMb, 'RSS MB': residentMb, lines, 'took s': tookMs / 1000 },
        ]),
      ),
    },
    goals: [
      {
        words: 'mean over the minutes',
        value: percent(found.meanShare),
        most: 20,
        unit: '% of one core',
      },
      { words: 'resident at most, start included', value: found.peakMb, most: 200, unit: 'MB' },
      {
        words: 'polls failed or left out',
        value: found.failed + found.skipped,
        most: 0,
        unit: 'polls',
      },
      {
        words: 'heap after garbage collection, second half of the virtual day against the first',
        value: grown(({ heldMb }) => heldMb),
        most: 2,
        unit: 'MB more',
      },
      {
        words: 'resident, likewise',
        value: grown(({ residentMb }) => residentMb),
        most: 20,
        unit: 'MB more',
      },
    ],
  })
}

if (isMainThread && process.argv[1] === fileURLToPath(import.meta.url))
  await benchRecorder(numberAsked('--minutes'), numberAsked('--hours'))
