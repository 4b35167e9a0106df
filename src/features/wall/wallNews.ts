import type { OrgId } from '#domain/units.ts'
import { isCritical } from '#domain/wall/wallState.ts'
import type { WallReading } from './wallReading.ts'

/** What became worse between two looks, by id. */
export type WallNews = { critical: readonly OrgId[]; warn: readonly OrgId[] }

/** How grave a state is to the ear: what becomes graver is news, what becomes better is not. */
const gravity = ({ state }: WallReading) => (isCritical(state) ? 2 : state === 'warn' ? 1 : 0)

/**
 * Compares two looks. An organisation that was not there before is no news, nor one that comes back from
 * blindness as it went; so `before` has to remember what was seen of it last.
 */
export function wallNews(
  before: ReadonlyMap<OrgId, number>,
  readings: readonly WallReading[],
): { news: WallNews; after: ReadonlyMap<OrgId, number> } {
  const after = new Map<OrgId, number>()
  const critical: OrgId[] = []
  const warn: OrgId[] = []
  for (const reading of readings) {
    const known = before.get(reading.id)
    const isReadable = reading.value !== null
    const grave = isReadable ? gravity(reading) : known
    if (grave === undefined) continue
    after.set(reading.id, grave)
    if (!isReadable || known === undefined || grave <= known) continue
    if (grave === 2) critical.push(reading.id)
    else warn.push(reading.id)
  }
  return { news: { critical, warn }, after }
}
