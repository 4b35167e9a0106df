import { arcMinutesOfFont } from '#domain/wall/legibility.ts'
import type { Remedy, WallPlace, WallLayout } from '#domain/wall/wallLayout.ts'
import type { WakeLockState } from '#state/wakeLock.ts'

/** What would make a refused layout readable, as one sentence. */
export function remedyWords(remedies: readonly Remedy[]): string {
  const words = remedies.map((remedy) => {
    switch (remedy.kind) {
      case 'fewerTiles':
        return remedy.tiles === 1 ? 'one tile at once' : `${remedy.tiles} tiles at once`
      case 'nearer':
        return `reading from ${remedy.distanceM} m`
      case 'larger':
        return `a screen of ${remedy.diagonalInches} inches`
    }
  })
  if (words.length === 0) return 'No change of one of them would do alone.'
  const [last] = words.slice(-1)
  const list = words.length === 1 ? last : `${words.slice(0, -1).join(', ')} or ${last}`
  return `What would do: ${list}.`
}

export type SizeRow = { name: string; fontPx: number; arcMinutes: number; least: number }

/** Which size every kind of words has, and the angle it spans, beside the least that it must. */
export function sizeRows(
  layout: WallLayout,
  { diagonalInches, distanceM, whole }: WallPlace,
): SizeRow[] {
  const viewing = { diagonalInches, distanceM, resolution: whole, pixelRatio: 1 }
  const row = (name: string, fontPx: number, least: number): SizeRow => ({
    name,
    fontPx: Math.round(fontPx),
    arcMinutes: arcMinutesOfFont(viewing, fontPx),
    least,
  })
  return [
    row('Names and words', layout.text, 16),
    row('Share in a row', layout.number, 22),
    row('Headline', layout.headline, 30),
    row('Value in the pinned half', layout.value, 22),
  ]
}

export const WAKE_LOCK_WORDS: Readonly<Record<WakeLockState, string>> = {
  asking: 'The browser is asked to keep the screen on.',
  held: 'This browser keeps the screen on.',
  withheld:
    'This browser does not keep the screen on at present: it allows that to pages over https or on this machine, while they are seen. Turn off sleep in the system.',
  absent: 'This browser cannot keep the screen on: turn off sleep in the system.',
}
