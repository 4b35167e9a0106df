import * as z from 'zod/mini'
import type { PixelSize } from '#domain/wall/legibility.ts'
import type { NightHours } from '#domain/wall/night.ts'
import { LEAST_DWELL_MS } from '#domain/wall/rotation.ts'
import { type DurationMs, durationMs, type OrgId, orgId } from '#domain/units.ts'
import { durationOfText, durationText } from './durationText.ts'
import { linkReader, zone } from './linkFields.ts'

export const WALL_THEMES = ['dark', 'light'] as const
export type WallTheme = (typeof WALL_THEMES)[number]

/** Everything a wall is set up with: a kiosk needs nothing but the address that holds it. */
export type WallSetUp = {
  /** By what the server tells this wall from others; null: it has no name, and nobody hears when it goes dark. */
  name: string | null
  diagonalInches: number
  /** From the screen to the furthest reader. */
  distanceM: number
  /** Of the screen it was set up for, in CSS pixels; null: the one it runs on. */
  resolution: PixelSize | null
  /** How many tiles at once, more organisations take turns; null: as many as can be read. */
  tiles: number | null
  dwellMs: DurationMs
  /** IANA zone of clock and night; null: that of the machine. */
  zone: string | null
  /** Null: as bright at night. */
  night: NightHours | null
  theme: WallTheme
  hasSound: boolean
  /** Null: all of them. */
  organisations: readonly OrgId[] | null
}

/** The parameters of the address, all text. */
export type WallSearch = Partial<
  Record<
    | 'diagonal'
    | 'distance'
    | 'resolution'
    | 'tiles'
    | 'dwell'
    | 'zone'
    | 'night'
    | 'theme'
    | 'sound'
    | 'organisations'
    | 'name',
    string
  >
>

export const DEFAULT_WALL: WallSetUp = {
  name: null,
  diagonalInches: 55,
  distanceM: 5,
  resolution: null,
  tiles: null,
  dwellMs: durationMs(20_000),
  zone: null,
  night: null,
  theme: 'dark',
  hasSound: false,
  organisations: null,
}

/** What a screen can measure, and how far away people can stand. */
export const DIAGONALS = { min: 5, max: 300 } as const
export const DISTANCES = { min: 0.5, max: 50 } as const
export const LONGEST_DWELL_MS = durationMs(600_000)

const number = ({ min, max }: { min: number; max: number }) =>
  z.pipe(
    z.pipe(z.string().check(z.regex(/^\d{1,4}(\.\d{1,3})?$/)), z.transform(Number)),
    z.number().check(z.gte(min), z.lte(max)),
  )

const tiles = z.pipe(z.string().check(z.regex(/^[1-7]$/)), z.transform(Number))

const resolution = z.pipe(
  z.string().check(z.regex(/^\d{3,5}x\d{3,5}$/)),
  z.transform((text): PixelSize => {
    const [width, height] = text.split('x').map(Number)
    return { width: width!, height: height! }
  }),
)

const dwell = z.pipe(
  z.pipe(z.string(), z.transform(durationOfText)),
  z.custom<DurationMs>(
    (length) =>
      typeof length === 'number' && length >= LEAST_DWELL_MS && length <= LONGEST_DWELL_MS,
  ),
)

const night = z.pipe(
  z.string().check(z.regex(/^([01]?\d|2[0-3])-([01]?\d|2[0-3])$/)),
  z.transform((text): NightHours => {
    const [from, to] = text.split('-').map(Number)
    return { from: from!, to: to! }
  }),
)

/** It stands in a line of the server's log. */
export const LONGEST_WALL_NAME = 60
const wallName = z
  .string()
  .check(z.minLength(1), z.maxLength(LONGEST_WALL_NAME), z.regex(/^[^\p{Cc}]*$/u))

const organisations = z.pipe(
  z.string().check(z.regex(/^[^,]+(,[^,]+)*$/)),
  z.transform((text) => text.split(',').map((id) => orgId(decodeURIComponent(id)))),
)

/**
 * What an address sets up. `isWhole`: it says what legibility rests on, and nothing in it was not understood,
 * so that a wall can be shown without anybody there. What is not understood is named, one sentence each.
 */
export function wallSetUpOf(search: Readonly<Record<string, unknown>>): {
  setUp: WallSetUp
  isWhole: boolean
  notices: readonly string[]
} {
  const { read, notices } = linkReader<keyof WallSearch>(search)
  const usual = DEFAULT_WALL
  const diagonal = read('diagonal', number(DIAGONALS), '55 inches stand here')
  const distance = read('distance', number(DISTANCES), '5 m stand here')
  const sound = read('sound', z.enum(['on', 'off']), 'the wall is silent')
  const setUp: WallSetUp = {
    name: read('name', wallName, 'the wall has none'),
    diagonalInches: diagonal ?? usual.diagonalInches,
    distanceM: distance ?? usual.distanceM,
    resolution: read('resolution', resolution, 'this screen is taken'),
    tiles: read('tiles', tiles, 'as many are shown as can be read'),
    dwellMs: read('dwell', dwell, '20 s stand here') ?? usual.dwellMs,
    zone: read('zone', zone, 'the zone of this machine is used'),
    night: read('night', night, 'there is no night'),
    theme: read('theme', z.enum(WALL_THEMES), 'the dark theme is used') ?? usual.theme,
    hasSound: sound === 'on',
    organisations: read('organisations', organisations, 'all organisations are shown'),
  }
  return {
    setUp,
    isWhole: diagonal !== null && distance !== null && notices().length === 0,
    notices: notices(),
  }
}

/** The address that sets up a wall: what legibility rests on is always in it, what is usual is left out. */
export function wallSearchOf(setUp: WallSetUp): WallSearch {
  const usual = DEFAULT_WALL
  const { resolution: size, night: hours, organisations: chosen } = setUp
  return {
    diagonal: String(setUp.diagonalInches),
    distance: String(setUp.distanceM),
    ...(size ? { resolution: `${size.width}x${size.height}` } : {}),
    ...(setUp.tiles === null ? {} : { tiles: String(setUp.tiles) }),
    ...(setUp.dwellMs === usual.dwellMs ? {} : { dwell: durationText(setUp.dwellMs) }),
    ...(setUp.zone === null ? {} : { zone: setUp.zone }),
    ...(hours ? { night: `${hours.from}-${hours.to}` } : {}),
    ...(setUp.theme === usual.theme ? {} : { theme: setUp.theme }),
    ...(setUp.hasSound ? { sound: 'on' } : {}),
    ...(setUp.name === null ? {} : { name: setUp.name }),
    ...(chosen ? { organisations: chosen.map(encodeURIComponent).join(',') } : {}),
  }
}
