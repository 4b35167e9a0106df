import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type EpochMs, epochMs, later } from '#domain/units.ts'
import { someAlert } from '#testing/someAlert.ts'
import { createStopFile } from './stopFile.ts'

const NOW = epochMs(Date.UTC(2026, 10, 30, 8))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-stop-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function setup(path = join(folder, 'stop')) {
  const events: string[] = []
  const look = createStopFile({
    path,
    log: (_, event) => void events.push(event),
    reasonOf: () => 'Alder: WebSocket connections at the limit.',
  })
  return { look, events, path }
}

const firing = (lastAt: EpochMs, id = 'a') => someAlert(id, { isStop: true, lastAt })

test('a stop rule that fires writes the file whole, with its reason, and once', () => {
  const { look, events, path } = setup()
  look([someAlert('a', { isStop: false, lastAt: NOW })], NOW)
  expect(existsSync(path)).toBe(false)
  look([firing(NOW)], NOW)
  expect(readFileSync(path, 'utf8')).toBe(
    '2026-11-30T08:00:00.000Z Alder: WebSocket connections at the limit.\n',
  )
  expect(readdirSync(folder)).toEqual(['stop'])
  rmSync(path)
  look([firing(later(NOW, 1_000))], later(NOW, 1_000))
  expect(existsSync(path)).toBe(false)
  look([], later(NOW, 2_000))
  look([firing(later(NOW, 3_000), 'b')], later(NOW, 3_000))
  expect(existsSync(path)).toBe(true)
  expect(events).toEqual(['stop_file_written', 'stop_file_written'])
})

test('what was measured a while ago stops nothing', () => {
  const { look, path } = setup()
  look([firing(NOW)], later(NOW, 16_000))
  expect(existsSync(path)).toBe(false)
})

test('a file that is there is told of at the start, and left as it is', () => {
  const { look, path } = setup()
  look([firing(NOW)], NOW)
  const before = readFileSync(path, 'utf8')
  const again = setup()
  again.look([firing(later(NOW, 5_000), 'b')], later(NOW, 5_000))
  expect(again.events).toEqual(['stop_file_there'])
  expect(readFileSync(path, 'utf8')).toBe(before)
})

test('a file that cannot be written is told of once, and tried again while it is fresh', () => {
  const path = join(folder, 'later', 'stop')
  const { look, events } = setup(path)
  look([firing(NOW)], NOW)
  look([firing(NOW)], later(NOW, 1_000))
  expect(events).toEqual(['stop_file_not_written'])
  mkdirSync(join(folder, 'later'))
  look([firing(NOW)], later(NOW, 2_000))
  expect(existsSync(path)).toBe(true)
})
