import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readFile } from './readFile.ts'
import { recogniseFormat } from './recogniseFormat.ts'

/** Real files that were generated for this are here; those of others live beside the repository, not in it. */
const OURS = join(import.meta.dirname, 'fixtures')
const OTHERS = process.env['TIDEMARK_SAMPLES'] ?? join(process.cwd(), '..', 'shared', 'samples')
const hasOthers = existsSync(join(OTHERS, 'MANIFEST.json'))
const SAMPLES = hasOthers ? OTHERS : OURS

type Expected = {
  samples: number
  samples_all?: number
  malformed?: number
  codes: Record<string, number> | null
  success?: { true?: number; false?: number }
  labels?: number
  first_ms: number
  last_ms: number
  end_ms?: number
  peak_all_threads?: number
  peak_vus?: number
  peak_users?: number
  tz?: string
  s503?: { count: number }
}
type Entry = { file: string; format: string; source: string; expected: Expected }

const bytesOf = (file: string) => readFileSync(join(SAMPLES, file))
const read = (file: string) => readFile(new Blob([bytesOf(file)]), { name: file })

/** What the manifest calls otherwise than design §9 does. */
const FORMATS: Readonly<Record<string, string>> = { 'generic-csv': 'csv' }
const CODES: Readonly<Record<string, string>> = { 'KO:other': 'KO' }

const codesOf = ({ codes }: Expected) =>
  codes &&
  Object.fromEntries(Object.entries(codes).map(([code, count]) => [CODES[code] ?? code, count]))

const { files } = JSON.parse(readFileSync(join(SAMPLES, 'MANIFEST.json'), 'utf8')) as {
  files: Entry[]
}

const said = hasOthers
  ? 'real files of others are read with ours'
  : 'of real files only ours are read (TIDEMARK_SAMPLES names the folder of others, and there is none)'
test(said, () => {
  const ours = files.filter(({ source }) => source.startsWith('generated'))
  expect(ours).toHaveLength(3)
  expect(files.length > ours.length).toBe(hasOthers)
})

test.each(files)('$file is read as its manifest says', async ({ file, format, expected }) => {
  const { summary, warnings, format: found } = await read(file)
  expect(found).toBe(FORMATS[format] ?? format)
  expect(summary).toMatchObject({
    samples: expected.samples,
    subSamples: expected.samples_all === undefined ? null : expected.samples_all - expected.samples,
    rejected: expected.malformed ?? 0,
    codes: codesOf(expected),
    firstAt: expected.first_ms,
    lastAt: expected.last_ms,
  })
  if (expected.labels !== undefined) expect(summary.labels).toBe(expected.labels)
  if (expected.end_ms !== undefined) expect(summary.endAt).toBe(expected.end_ms)
  if (expected.s503) expect(summary.classes?.capacity ?? 0).toBe(expected.s503.count)
  const { peak_all_threads, peak_vus, peak_users } = expected
  const peak = peak_all_threads ?? peak_vus ?? peak_users
  if (peak !== undefined) expect(summary.peakThreads).toBe(peak)
  expect(warnings.some((warning) => warning.includes('UTC'))).toBe(expected.tz === 'UTC-assumed')
})

const jmeter = files.filter(({ format }) => format.startsWith('jtl'))
test.each(jmeter)('what $file calls failed is what is counted as failed', async (entry) => {
  const { summary, observation } = await read(entry.file)
  const failed = Object.values(summary.classes ?? {}).reduce((sum, count) => sum + count, 0)
  expect(failed).toBe(entry.expected.success?.false ?? 0)
  const threads = observation.samples.find(({ metric }) => metric.startsWith('jtl.threads:'))
  const drawn = [...(threads?.series.value ?? [])].filter((value) => !Number.isNaN(value))
  expect(drawn.length > 0 ? Math.max(...drawn) : null).toBe(entry.expected.peak_all_threads ?? null)
})

test('every 503 of the ramp and of the recording is an error event', async () => {
  for (const [file, count] of [
    ['jmeter213-ramp-503.jtl', 8_099],
    ['playwright-chromium-503.har', 49],
  ] as const) {
    const { observation } = await read(file)
    const refused = observation.errors.filter((event) => event.class === 'capacity')
    expect(refused.reduce((sum, event) => sum + event.count, 0)).toBe(count)
  }
})

test.each(files)('$file is recognised as $format by its content', ({ file, format }) => {
  const head = bytesOf(file).subarray(0, 65_536).toString('utf8')
  expect(recogniseFormat(head)).toBe(FORMATS[format] ?? format)
})

test.each(files)('$file is the same file at its second import', async ({ file }) => {
  expect(await read(file)).toEqual(await read(file))
})
