import { expect, test } from 'vitest'
import { certificateOf } from '#domain/limits/certificate.ts'
import { choiceOf } from '#domain/limits/comparableWindows.ts'
import { durationMs, MINUTE_MS, orgId } from '#domain/units.ts'
import { comparedDays } from '#testing/comparedDays.ts'
import { plainSpaces } from '#testing/plainSpaces.ts'
import { someGuard } from '#testing/someGuard.ts'
import { certificateMarkdown } from './certificateMarkdown.ts'
import { bandSideText, bandText } from './words/certificateTables.ts'

const NO_LOAD = {
  stepMs: durationMs(MINUTE_MS),
  startMs: new Float64Array(),
  attempts: new Float64Array(),
  refused: new Float64Array(),
  highest: new Float64Array(),
}

function written(story: Omit<Parameters<typeof comparedDays>[0], 'seed'>, isSimulated = false) {
  const input = comparedDays({ seed: 1, ...story })
  const { timeMs } = input.subject.series
  const waiting = someGuard({ timeMs, value: timeMs.map((_, i) => 4 + (i % 3)) })
  return plainSpaces(
    certificateMarkdown({
      certificate: certificateOf({ ...input, guards: [waiting] }),
      choice: choiceOf('same-hours', input, NO_LOAD),
      organisation: {
        id: orgId('alder'),
        name: 'Alder *Retail*',
        region: 'eu_central_1',
        domain: 'mypurecloud.de',
        simulation: isSimulated ? 'scenario limit-raised, seed 42' : null,
      },
      title: 'WebSocket connections',
      zone: 'UTC',
      problems: ['Some are missing.'],
    }),
  )
}

test('holds the word, both windows, the shares, the queues and what is missing', () => {
  const text = written({ after: { limit: 900 }, change: { to: 900 } })
  expect(text).toContain(
    '## WebSocket connections: Limit raised from 250 to 900 on Thu 17 Sep 2026',
  )
  expect(text).toContain('**Worked.** The higher limit removed 100 % of refusals at equal load')
  expect(text).toContain('Before: Thu 10 Sep 2026, 12:00–14:00 UTC')
  expect(text).toMatch(/\| Peak \| 250 \| \d+ \|/)
  expect(text).toMatch(/\| Waiting \| 5 \| 5 \| 0 \(0 to 0\) \| no change shown \|/)
  expect(text).toContain('Some are missing.')
  expect(text).toContain('Alder \\*Retail\\*')
  expect(text).not.toContain('Simulated')
})

test('a simulated organisation says that it is one, first of all', () => {
  expect(written({ after: { limit: 900 } }, true)).toMatch(/^\*\*Simulated organisation: /)
})

test('of a lowered limit the lower one stands after, with its refusals', () => {
  const text = written({
    before: { limit: 900 },
    after: { limit: 250 },
    change: { from: 900, to: 250 },
  })
  expect(text).toContain('**Refusals came with it.**')
  expect(text).toMatch(/\| Refused share at equal load \| 0 % \| \d+ % \|/)
  expect(text).toMatch(/Lower limit against the other at equal load: \d+(\.\d)? points/)
})

test('bands and their sides are told apart at the ends and where nothing was tried', () => {
  const side = { attempts: 200, refused: 3 }
  const band = { before: side, after: side }
  expect(bandText({ ...band, from: 0, to: 12 })).toBe('below 12')
  expect(bandText({ ...band, from: 12, to: 40 })).toBe('12 to 40')
  expect(bandText({ ...band, from: 40, to: Infinity })).toBe('40 and more')
  expect(plainSpaces(bandSideText(side))).toBe('1.5 % of 200')
  expect(bandSideText({ attempts: 0, refused: 0 })).toBe('none attempted')
})
