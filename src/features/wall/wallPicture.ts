import type { DurationMs, EpochMs } from '#domain/units.ts'
import { isNight, type NightHours, NIGHT_LIGHT, opacityFor } from '#domain/wall/night.ts'
import { isHeaderSwapped, orbitAt } from '#domain/wall/orbit.ts'
import { pinnedTile, shownTiles } from '#domain/wall/rotation.ts'
import { severityOrder } from '#domain/wall/severityOrder.ts'
import { wallDeafness } from '#domain/wall/wallBlindness.ts'
import type { WallLayout } from '#domain/wall/wallLayout.ts'
import { isCritical } from '#domain/wall/wallState.ts'
import type { WallReading } from './wallReading.ts'

/** Which tile stands where at an instant, and how the whole is shown. */
export type WallPicture = {
  /** In the pinned half; null where nothing is critical. */
  pinned: WallReading | null
  /** Worst first; without the pinned one, unless it shares the half with others. */
  rows: readonly WallReading[]
  /** Of all, shown or not. */
  isRotating: boolean
  /** Since when the wall itself hears nothing; null while it does. */
  deafSince: EpochMs | null
  orbit: { x: number; y: number }
  isSwapped: boolean
  isNight: boolean
  opacity: number
}

type Known = {
  readings: readonly WallReading[]
  layout: WallLayout
  tiles: number | null
  dwellMs: DurationMs
  zone: string
  night: NightHours | null
  startedAt: EpochMs
  now: EpochMs
}

/** Width of a letter of a name: a cautious guess, so that a row never turns out too low. */
const NAME_EM = 0.6
/** Columns of a row beside the name: its glyph, and the number with its air. */
const GLYPH_EM = 1.35
const NUMBER_EM = 4
/** Share of the screen that the chart of a row has, where no half is pinned. */
export const ROW_CHART_SHARE = 0.34

/** Width that a name and what stands under it have. */
export function nameWidth({ screen, margin, pinnedWidth, text }: WallLayout, hasPinned: boolean) {
  const beside = hasPinned ? pinnedWidth : ROW_CHART_SHARE * screen.width
  return screen.width - 2 * margin - beside - (GLYPH_EM + NUMBER_EM) * text
}

/** Lines that a name needs in a column of this width; words break where they must. */
export function nameLines(name: string, width: number, { text }: WallLayout): number {
  const perLine = Math.max(6, Math.floor(width / (NAME_EM * text)))
  let lines = 1
  let used = 0
  for (const { length } of name.split(/\s+/)) {
    const needed = used === 0 ? length : used + 1 + length
    if (needed <= perLine) used = needed
    else {
      if (used > 0) lines += 1
      lines += Math.max(0, Math.ceil(length / perLine) - 1)
      used = length % perLine || perLine
    }
  }
  return lines
}

/** Height that a row needs: large letters have a line more, which a long name may take. */
export function rowHeight(name: string, width: number, layout: WallLayout): number {
  const lines = Math.max(layout.rowLines, 1 + nameLines(name, width, layout))
  return lines * layout.line + layout.rowAir
}

/** The picture at an instant. Pure: two walls with the same address and data show the same. */
export function wallPicture(known: Known): WallPicture {
  const { readings, layout, dwellMs, zone, night, startedAt, now } = known
  const ordered = severityOrder(readings)
  const critical = ordered.filter(({ state }) => isCritical(state))
  const pinned = pinnedTile(critical, now)
  const listed = critical.length === 1 ? ordered.filter((one) => one !== pinned) : ordered
  const width = nameWidth(layout, pinned !== null)
  const most = Math.max(1, Math.min(known.tiles ?? layout.tiles, layout.tiles))
  const sized = listed.map((reading) => ({
    id: reading.id,
    isCritical: isCritical(reading.state),
    size: rowHeight(reading.name, width, layout),
    reading,
  }))
  const rows = shownTiles(sized, { room: layout.rowsHeight, most, dwellMs }, now)
  const isDarkHour = night !== null && isNight(now, zone, night)
  // What is critical at night is worth the full light.
  const isDimmed = isDarkHour && critical.length === 0
  return {
    pinned,
    rows: rows.map(({ reading }) => reading),
    isRotating: rows.length < listed.length,
    deafSince: wallDeafness(readings, startedAt, now),
    orbit: orbitAt(now),
    isSwapped: isHeaderSwapped(now),
    isNight: isDarkHour,
    opacity: isDimmed ? opacityFor(NIGHT_LIGHT) : 1,
  }
}
