import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseConfig } from './tidemarkConfig.ts'

test('the settings shown in docs/formats.md are settings, with every field there is', () => {
  const page = readFileSync('docs/formats.md', 'utf8')
  const [, example] = /## Settings, version 5[^]*?```json\n([^]*?)```/.exec(page)!
  const shown: unknown = JSON.parse(example!)
  expect(parseConfig(shown)).toEqual({ ok: true, value: shown })
})
