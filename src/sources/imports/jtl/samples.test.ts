import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { recogniseFormat } from '../recogniseFormat.ts'
import { readJtl } from './readJtl.ts'

/** Real files of real load tests live beside the repository, not in it. */
const SAMPLES = join(process.cwd(), '..', 'shared', 'samples')

type Expected = {
  bytes: number
  samples: number
  malformed: number
  codes: Record<string, number>
  success: { true?: number; false?: number }
  labels: number
  first_ms: number
  last_ms: number
  end_ms: number
  peak_all_threads?: number
  peak_all_threads_ms?: number
  tz?: string
  s503: { count: number; first_ms?: number }
}
type Entry = { file: string; format: string; expected: Expected }

const bytesOf = (file: string) => readFileSync(join(SAMPLES, file))

if (!existsSync(SAMPLES)) {
  test.skip('real samples agree with their manifest (the folder ../shared/samples is not here)', () => {})
} else {
  const { files } = JSON.parse(readFileSync(join(SAMPLES, 'MANIFEST.json'), 'utf8')) as {
    files: Entry[]
  }
  const jtls = files.filter(({ format }) => format === 'jtl-csv')

  test.each(jtls)('$file is read as its manifest says', async ({ file, expected }) => {
    const { summary, observation, warnings } = await readJtl(new Blob([bytesOf(file)]), {
      name: file,
    })
    expect(summary).toMatchObject({
      samples: expected.samples,
      rejected: expected.malformed,
      codes: expected.codes,
      labels: expected.labels,
      firstAt: expected.first_ms,
      lastAt: expected.last_ms,
      endAt: expected.end_ms,
      peakThreads: expected.peak_all_threads ?? null,
    })
    expect(summary.classes?.capacity ?? 0).toBe(expected.s503.count)
    const failed = Object.values(summary.classes ?? {}).reduce((sum, count) => sum + count, 0)
    expect(failed).toBe(expected.success.false ?? 0)
    expect(warnings.some((warning) => warning.includes('UTC'))).toBe(expected.tz === 'UTC-assumed')
    const peak = observation.samples.find(({ metric }) => metric.startsWith('jtl.threads:'))
    if (expected.peak_all_threads) {
      const drawn = [...peak!.series.value].filter((value) => !Number.isNaN(value))
      expect(Math.max(...drawn)).toBe(expected.peak_all_threads)
    } else expect(peak).toBeUndefined()
  })

  test('every 503 of the ramp is an error event', async () => {
    const name = 'jmeter213-ramp-503.jtl'
    const { observation } = await readJtl(new Blob([bytesOf(name)]), { name })
    const refused = observation.errors.filter((event) => event.class === 'capacity')
    expect(refused.reduce((sum, { count }) => sum + count, 0)).toBe(8099)
  })

  const named: Readonly<Record<string, string>> = { 'generic-csv': 'csv' }
  test.each(files)('$file is recognised as $format by its content', ({ file, format }) => {
    const head = bytesOf(file).subarray(0, 65_536).toString('utf8')
    expect(recogniseFormat(head)).toBe(named[format] ?? format)
  })
}
