import { expect, test } from 'vitest'
import { durationMs } from '#domain/units.ts'
import { readFile } from '#sources/imports/readFile.ts'
import { jtlLine, jtlText } from '#testing/jtlText.ts'
import { fileSource } from './fileSource.ts'

const NOT_MOVED = {
  movedMs: durationMs(0),
  plusMinusMs: null,
  how: 'asItIs' as const,
  drift: null,
}

test("a person's address in a file's name does not go out with the review", async () => {
  const name = 'run of jane.doe@example.com'
  const file = await readFile(new Blob([jtlText(jtlLine(0, 200, 3))]), { name })
  expect(fileSource(file, name, NOT_MOVED)).toMatchObject({ name: 'run of [e-mail removed]' })
  expect(fileSource(file, 'run-07.jtl', NOT_MOVED).name).toBe('run-07.jtl')
})
