import { expect, test } from 'vitest'
import { breachesOf, filesOfRoom, foldersOf, ROOMS, specifiersOf } from './rooms.ts'

const root = process.cwd()

test.each(Object.keys(ROOMS))('%s is not empty and imports only what it may see', (room) => {
  const files = filesOfRoom(root, room)
  expect(files.filter(({ path }) => !/\.test\.tsx?$/.test(path)).length).toBeGreaterThan(0)
  expect(files.flatMap((file) => breachesOf(file, room))).toEqual([])
})

test('every folder of the house is a room of the list', () => {
  const folders = [
    ...foldersOf(root, 'src').filter((folder) => folder !== 'src/features'),
    ...foldersOf(root, 'src/features'),
  ]
  expect(folders.filter((folder) => !ROOMS[folder])).toEqual(['src/testing'])
})

test('specifiers are found in every form', () => {
  const text = [
    `import { a } from '#domain/a.ts'`,
    `export { b } from "./b.ts"`,
    `import './c.css'`,
    `const d = await import('#mocks/d.ts')`,
    `new Worker(new URL('./e.worker.ts', import.meta.url))`,
  ].join('\n')
  expect(specifiersOf(text)).toEqual([
    '#domain/a.ts',
    './b.ts',
    './c.css',
    '#mocks/d.ts',
    './e.worker.ts',
  ])
})

test.each([
  ['src/domain/x.ts', 'src/domain', `import '#sources/y.ts'`],
  ['src/domain/x.ts', 'src/domain', `import 'node:fs'`],
  ['src/monitor/x.ts', 'src/monitor', `import { useState } from 'react'`],
  ['src/ui/x.tsx', 'src/ui', `import '#monitor/orgMonitor.ts'`],
  ['src/features/live/x.tsx', 'src/features/live', `import '#features/start/y.tsx'`],
  ['src/features/live/x.tsx', 'src/features/live', `import '../start/y.tsx'`],
  ['src/features/live/x.tsx', 'src/features/live', `import 'recharts'`],
  ['src/state/x.ts', 'src/state', `import '#mocks/y.ts'`],
  ['src/state/x.ts', 'src/state', `import '#testing/y.ts'`],
  ['mocks/x.ts', 'mocks', `import '#domain/format.ts'`],
  ['src/domain/x.ts', 'src/domain', `import '#domain/units.ts'`],
])('%s may not say %s: %s', (path, room, text) => {
  expect(breachesOf({ path, text }, room)).toHaveLength(1)
})
