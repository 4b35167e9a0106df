import { expect, test } from 'vitest'
import { epochMs } from '#domain/units.ts'
import { someIncident } from '#testing/someIncident.ts'
import { fileStem } from './fileNames.ts'

const stem = (title: string) =>
  fileStem(someIncident({ title, from: epochMs(Date.UTC(2026, 8, 17, 10, 45)) }))

test('a saved file is named after its incident and its beginning in UTC', () => {
  expect(stem('Load test, run 7')).toBe('load-test-run-7-2026-09-17-1045z')
})

test('nothing in a title can leave the folder, or end the name', () => {
  expect(stem('../../etc/passwd')).toBe('etc-passwd-2026-09-17-1045z')
  expect(stem('<script>')).toBe('script-2026-09-17-1045z')
  expect(stem('日本')).toBe('incident-2026-09-17-1045z')
  expect(stem('x'.repeat(500)).length).toBeLessThan(90)
})
