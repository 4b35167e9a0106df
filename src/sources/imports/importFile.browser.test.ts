import { expect, test } from 'vitest'
import { ImportError } from './importError.ts'
import { importFile } from './importFile.ts'
import type { ImportProgress } from './fileImport.ts'
import { readFile } from './readFile.ts'

const HEADER =
  'timeStamp,elapsed,label,responseCode,responseMessage,threadName,success,allThreads\n'
const row = (i: number) =>
  `${1_795_414_353_000 + i * 5},95,GET /work,${i % 10 === 0 ? 503 : 200},OK,Agents ${Math.floor(i / 10) % 20} 1-${i % 50},${i % 10 !== 0},${i % 130}\n`
const fileOf = (rows: number) =>
  new Blob([HEADER, Array.from({ length: rows }, (_, i) => row(i)).join('')])

test('a file is read in a worker, with progress up to its end', async () => {
  const file = fileOf(30_000)
  const seen: ImportProgress[] = []
  const { summary, observation } = await importFile(file, {
    name: 'run.jtl',
    onProgress: (progress) => seen.push(progress),
  })
  expect(summary).toMatchObject({ samples: 30_000, classes: { capacity: 3_000 }, peakThreads: 129 })
  // They come in several messages.
  expect(observation.errors.length).toBeGreaterThan(2_500)
  expect(observation.errors).toEqual((await readFile(file, { name: 'run.jtl' })).observation.errors)
  expect(observation.samples[0]!.series.timeMs).toBeInstanceOf(Float64Array)
  expect(seen.at(-1)).toEqual({ bytes: file.size, totalBytes: file.size })
})

test('what single clients did comes out of the worker where it is wanted', async () => {
  const file = fileOf(30_000)
  const wanted = { name: 'run.jtl', wantsClients: true, stamp: 'end' } as const
  const { observation, groups, stamps } = await importFile(file, wanted)
  const direct = await readFile(file, wanted)
  expect(observation.clients).toHaveLength(57_000)
  expect(observation.clients).toEqual(direct.observation.clients)
  expect({ groups, stamps }).toEqual({ groups: direct.groups, stamps: direct.stamps })
  expect((await importFile(file, { name: 'run.jtl' })).observation.clients).toEqual([])
})

test('a refusal comes out of the worker with its kind', async () => {
  const refused = importFile(new Blob(['{"log":{}}']), { name: 'x.har' })
  await expect(refused).rejects.toBeInstanceOf(ImportError)
  await expect(refused).rejects.toMatchObject({
    kind: 'noUsableColumn',
    message: 'x.har: expected the array log.entries of a HAR 1.2',
  })
})

test('an import that is called off ends at once with the reason', async () => {
  const stop = new AbortController()
  const reason = new Error('called off')
  let calledOffAt = 0
  const importing = importFile(fileOf(300_000), {
    name: 'long.jtl',
    signal: stop.signal,
    onProgress: () => {
      if (stop.signal.aborted) return
      calledOffAt = performance.now()
      stop.abort(reason)
    },
  })
  await expect(importing).rejects.toBe(reason)
  expect(performance.now() - calledOffAt).toBeLessThan(200)
})

test('an import that was called off before it began does not begin', async () => {
  const reason = new Error('never mind')
  const importing = importFile(fileOf(1), { name: 'run.jtl', signal: AbortSignal.abort(reason) })
  await expect(importing).rejects.toBe(reason)
})
