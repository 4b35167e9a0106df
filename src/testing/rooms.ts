import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'

/** What a room may import beside itself; `packages` bars packages that its purpose excludes. */
type Room = { sees: readonly string[]; bars?: RegExp }

const REACT = /^(react|react-dom|recharts|zustand|@tanstack\/react-.*|@mantine\/.*)(\/|$)/
const OUTSIDE = /^(node:|react|recharts|zustand|zod|ws|idb|msw|@tanstack|@mantine|papaparse)/

const LEFT_OF_STATE = ['domain', 'sources', 'monitor']
const LEFT_OF_FEATURES = [...LEFT_OF_STATE, 'state', 'ui']

/** The rooms of the house, by folder, and what each may see (docs/architecture.md). */
export const ROOMS: Readonly<Record<string, Room>> = {
  'src/domain': { sees: [], bars: OUTSIDE },
  'src/sources': { sees: ['domain'], bars: REACT },
  'src/monitor': { sees: ['domain', 'sources'], bars: REACT },
  'src/state': { sees: LEFT_OF_STATE },
  'src/ui': { sees: ['domain'] },
  'src/features/connect': { sees: LEFT_OF_FEATURES },
  'src/features/diagnostics': { sees: LEFT_OF_FEATURES },
  'src/features/limits': { sees: LEFT_OF_FEATURES },
  'src/features/live': { sees: LEFT_OF_FEATURES },
  'src/features/overview': { sees: LEFT_OF_FEATURES },
  'src/features/raise': { sees: LEFT_OF_FEATURES },
  'src/features/review': { sees: LEFT_OF_FEATURES },
  'src/features/start': { sees: LEFT_OF_FEATURES },
  'src/features/settings': { sees: LEFT_OF_FEATURES },
  'src/features/wall': { sees: LEFT_OF_FEATURES },
  'src/app': { sees: [...LEFT_OF_FEATURES, 'features', 'mocks'] },
  'src/recorder': { sees: LEFT_OF_STATE, bars: REACT },
  'src/probe': { sees: [], bars: /./ },
  'src/cli': { sees: [...LEFT_OF_STATE, 'recorder', 'mocks'], bars: REACT },
  mocks: { sees: ['domain/units.ts'], bars: REACT },
}

export type SourceFile = { path: string; text: string }

/** A breach of the house rules, in words: file, specifier, reason. */
export type Breach = string

/** Every source file of the repository that belongs to a room, tests left out unless asked for. */
export function filesOfRoom(root: string, room: string): SourceFile[] {
  return walk(join(root, room))
    .filter((path) => /\.(ts|tsx|css)$/.test(path))
    .map((path) => ({
      path: relative(root, path).split(sep).join('/'),
      text: readFileSync(path, 'utf8'),
    }))
}

/** The folders under src that hold code: each must be a room, or hold rooms. */
export const foldersOf = (root: string, folder: string) =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${folder}/${entry.name}`)

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? walk(path) : [path]
  })
}

const SPECIFIERS = [
  /\bfrom\s+['"]([^'"]+)['"]/g,
  /\bimport\s+['"]([^'"]+)['"]/g,
  /\bimport\(\s*['"]([^'"]+)['"]/g,
  /\bnew URL\(\s*['"]([^'"]+)['"]\s*,\s*import\.meta\.url/g,
]

/** All specifiers of a file, in `from`, `import`, `import(` and `new URL(`. */
export const specifiersOf = (text: string) =>
  SPECIFIERS.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1]!))

const isTest = (path: string) => /\.test\.tsx?$/.test(path)

/** What is wrong with the imports of one file. */
export function breachesOf({ path, text }: SourceFile, roomName: string): Breach[] {
  const room = ROOMS[roomName]!
  return specifiersOf(text).flatMap((specifier) => {
    const reason = breachOf(specifier, path, roomName, room)
    return reason ? [`${path}: '${specifier}' ${reason}`] : []
  })
}

function breachOf(specifier: string, path: string, roomName: string, room: Room): string | null {
  if (specifier.startsWith('.')) {
    const target = relative('.', resolve(dirname(path), specifier))
      .split(sep)
      .join('/')
    return target.startsWith(`${roomName}/`) ? null : 'leaves its room by a relative path'
  }
  if (!specifier.startsWith('#')) {
    if (isTest(path)) return null
    if (specifier.startsWith('recharts') && !path.startsWith('src/ui/charts/'))
      return 'belongs in ui/charts alone'
    return room.bars?.test(specifier) ? 'is a package this room does without' : null
  }
  const target = specifier.slice(1)
  if (isTest(path) && /^(mocks|testing)\//.test(target)) return null
  if (target.startsWith('testing/')) return 'is for tests alone'
  if (`src/${target}`.startsWith(`${roomName}/`) || target.startsWith(`${roomName}/`))
    return 'is its own room: name it by a relative path'
  const isSeen = room.sees.some((seen) => target === seen || target.startsWith(`${seen}/`))
  return isSeen ? null : 'is a room it may not see'
}
