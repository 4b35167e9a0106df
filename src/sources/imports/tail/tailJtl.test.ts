import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ErrorEvent } from '#domain/errors/errorEvent.ts'
import type { Observation } from '#domain/observation.ts'
import { JTL_HEADER, JTL_START_MS, jtlLine, jtlText } from '#testing/jtlText.ts'
import { writtenFile, type WrittenFile } from '#testing/writtenFile.ts'
import { readFile } from '../readFile.ts'
import { type TailNews, tailJtl } from './tailJtl.ts'

const NAME = 'run.jtl'
type Heard = Extract<TailNews, { kind: 'heard' }>

/** Follows a file; each pause takes the next step, half a second apart, and the last one stops it. */
async function tail(file: WrittenFile, steps: readonly (() => void)[]) {
  const news: TailNews[] = []
  const stop = new AbortController()
  const waiting = [...steps]
  let nowMs = 0
  const pause = async () => {
    nowMs += 500
    const step = waiting.shift()
    if (step) step()
    else stop.abort()
  }
  const tell = (told: TailNews) => void news.push(structuredClone(told))
  await tailJtl(file, { name: NAME, pause, now: () => nowMs, tell, signal: stop.signal })
  const heard = news.filter((one): one is Heard => one.kind === 'heard')
  return { news, heard, observations: heard.flatMap(({ observations }) => observations) }
}

const rows = (from: number, to: number, codeAt: (i: number) => number = () => 200) =>
  Array.from(
    { length: to - from },
    (_, i) => `${jtlLine((from + i) / 4, codeAt(from + i), 5 + i)}\n`,
  )

/** All that was told, as stores keep it: the newest word for an instant, the larger count of an error. */
function gathered(observations: readonly Observation[]) {
  const samples: Record<string, Record<number, number>> = {}
  const errors: Record<string, number> = {}
  const keyOf = ({ at, class: errorClass, status, route, app, code }: ErrorEvent) =>
    [at, errorClass, status, route, app, code].join(' ')
  for (const observed of observations) {
    for (const { metric, series } of observed.samples)
      series.timeMs.forEach((at, i) => {
        ;(samples[metric] ??= {})[at] = series.value[i]!
      })
    for (const event of observed.errors)
      errors[keyOf(event)] = Math.max(errors[keyOf(event)] ?? 0, event.count)
  }
  const markers = new Map(
    observations.flatMap((observed) => observed.markers.map((marker) => [marker.id, marker])),
  )
  return { samples, errors, markers: [...markers.values()].sort((a, b) => a.at - b.at) }
}

const whole = async (text: string) =>
  gathered([(await readFile(new Blob([text]), { name: NAME })).observation])

test('a file full of failures is told in several pieces, and as a whole', async () => {
  const lines = Array.from({ length: 2_500 }, (_, i) => `${jtlLine(i, 503, 5)}\n`)
  const text = [`${JTL_HEADER}\n`, ...lines].join('')
  const { heard, observations } = await tail(writtenFile(text), [])
  const most = Math.max(
    ...heard.map((one) => one.observations.flatMap(({ errors }) => errors).length),
  )
  expect(most).toBeLessThan(1_100)
  expect(heard.filter(({ hasGrown }) => hasGrown)).toHaveLength(1)
  expect(gathered(observations)).toEqual(await whole(text))
})

test('a running test is told as it is written, and in the end it is what a whole reading gives', async () => {
  const lines = rows(0, 200, (i) => (i % 9 === 0 ? 503 : 200))
  const file = writtenFile(`${JTL_HEADER}\n`)
  const steps = Array.from({ length: 20 }, (_, i) => () => {
    file.append(lines.slice(i * 10, i * 10 + 10).join(''))
  })
  const { heard, observations } = await tail(file, steps)
  expect(heard.length).toBeGreaterThanOrEqual(20)
  expect(heard.at(-1)!.state).toMatchObject({ run: 1, trouble: null })
  expect(heard.at(-1)!.state.soFar!.summary.samples).toBe(200)
  expect(gathered(observations)).toEqual(await whole([JTL_HEADER, '\n', ...lines].join('')))
})

test('in whatever pieces the bytes are written, the end is the same', async () => {
  const text = jtlText(
    ...rows(0, 30, (i) => (i % 4 === 0 ? 503 : 200)).map((row) => row.trimEnd()),
    jtlLine(9, 503, 4, { label: '"Müllers ""Büro"" 😀\nzweite Zeile"' }),
    'cut',
  )
  const bytes = new TextEncoder().encode(text)
  const expected = await whole(text)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: bytes.length }), { maxLength: 8 }), async (cuts) => {
      const ends = [...cuts, bytes.length].sort((a, b) => a - b)
      const file = writtenFile()
      const steps = ends.map(
        (end, i) => () => file.appendBytes(bytes.subarray(ends[i - 1] ?? 0, end)),
      )
      const { observations } = await tail(file, steps)
      expect(gathered(observations)).toEqual(expected)
    }),
  )
})

test('a look that finds nothing new tells nothing', async () => {
  const file = writtenFile(jtlText(jtlLine(0, 200, 3)))
  const idle = () => undefined
  const { heard } = await tail(file, [idle, idle, idle, idle, idle, idle])
  // What was there, its newest second once it is quiet, and the end of the run.
  expect(heard.map(({ hasGrown }) => hasGrown)).toEqual([true, false, false])
})

test('the newest second is told as soon as the file is quiet for a second', async () => {
  const file = writtenFile(jtlText(jtlLine(0, 200, 3)))
  const told: number[] = []
  const idle = () => undefined
  const { heard } = await tail(file, [idle, idle])
  for (const { observations } of heard)
    told.push(observations.reduce((sum, { samples }) => sum + samples.length, 0))
  expect(told).toEqual([0, 2, 0])
})

test('a file that is not begun yet is awaited without a word of complaint', async () => {
  const file = writtenFile()
  const { heard } = await tail(file, [
    () => file.append(JTL_HEADER.slice(0, 20)),
    () => file.append(`${JTL_HEADER.slice(20)}\n`),
    () => file.append(`${jtlLine(0, 200, 3)}\n`),
  ])
  expect(heard.map(({ state }) => state.soFar?.summary.samples ?? null)).toEqual([
    null,
    null,
    0,
    1,
    1,
  ])
})

test('a file that begins anew is a run of its own; the one before it ends where it ended', async () => {
  const first = jtlText(jtlLine(0, 200, 3), jtlLine(2, 503, 4))
  const second = jtlText(jtlLine(60, 200, 7))
  const file = writtenFile(first)
  const { heard, observations } = await tail(file, [() => file.replace(second)])
  expect(heard.map(({ state }) => state.run)).toEqual([1, 2, 2])
  const [one, two] = [await whole(first), await whole(second)]
  expect(gathered(observations)).toEqual({
    samples: { ...one.samples, ...two.samples },
    errors: { ...one.errors, ...two.errors },
    markers: [...one.markers, ...two.markers],
  })
  const ids = heard.map(({ state }) => state.metrics)
  expect(ids.at(-1)).toHaveLength(2)
  expect(ids.at(-1)).not.toEqual(ids[0])
})

test('the run ends where its last sample ended, once the following is stopped', async () => {
  const file = writtenFile(jtlText(jtlLine(0, 200, 3, { elapsed: 700 })))
  const { observations } = await tail(file, [() => file.append(`${jtlLine(1, 200, 3)}\n`)])
  const markers = observations.flatMap((observed) => observed.markers)
  expect(markers.map(({ kind, at }) => [kind, at - JTL_START_MS])).toEqual([
    ['run', 0],
    ['end', 1_100],
  ])
})

test('trouble is told once, and that it is over', async () => {
  const file = writtenFile(jtlText(jtlLine(0, 200, 3)))
  const { heard } = await tail(file, [
    () => file.failWith('NotAllowedError'),
    () => undefined,
    () => undefined,
    () => file.failWith(null),
  ])
  expect(heard.map(({ state }) => state.trouble?.why ?? null)).toEqual([
    null,
    'barred',
    'barred',
    null,
    null,
  ])
})

test('a large file tells how far it is before it tells what it holds', async () => {
  const text = [JTL_HEADER, '\n', ...rows(0, 60_000)].join('')
  const { news } = await tail(writtenFile(text), [])
  const progress = news.flatMap((one) => (one.kind === 'reading' ? one.progress : []))
  const bytes = progress.map((one) => one.bytes)
  expect(bytes.length).toBeGreaterThan(2)
  expect(bytes).toEqual(bytes.toSorted((a, b) => a - b))
  expect(progress.every(({ totalBytes }) => totalBytes === text.length)).toBe(true)
  expect(news.findIndex(({ kind }) => kind === 'heard')).toBe(progress.length)
})

test('one that is called off before the file was read once tells nothing of it', async () => {
  const stop = new AbortController()
  const news: TailNews[] = []
  const text = [JTL_HEADER, '\n', ...rows(0, 60_000)].join('')
  const tell = (told: TailNews) => {
    news.push(told)
    stop.abort()
  }
  const pause = () => Promise.resolve()
  const options = { name: NAME, pause, now: () => 0, tell, signal: stop.signal }
  await tailJtl(writtenFile(text), options)
  expect(news.map(({ kind }) => kind)).toEqual(['reading'])
})

test('what is no results file is refused, also where it takes the place of one', async () => {
  const file = writtenFile(jtlText(jtlLine(0, 200, 3)))
  await expect(tail(file, [() => file.replace('{"log":{}}\n')])).rejects.toMatchObject({
    name: 'ImportError',
  })
})
