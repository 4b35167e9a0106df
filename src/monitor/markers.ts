import type { Marker, MarkerKind } from '#domain/timeline/marker.ts'
import type { EpochMs } from '#domain/units.ts'

/** The `serial`-th marker that somebody sets on this page, with an id that no other page makes at the same moment. */
export const ownMarker = (
  at: EpochMs,
  kind: MarkerKind,
  label: string,
  { serial, random }: { serial: number; random: () => number },
): Marker => ({
  id: `here-${at}-${serial}-${Math.floor(random() * 1e9).toString(36)}`,
  at,
  kind,
  label,
  origin: 'here',
})

/**
 * Adds markers, oldest first. One that is known by its id is not added again; where it differs (a
 * feed corrected its label) the newer word holds. Returns the same list when nothing changed.
 */
export function withMarkers(
  markers: readonly Marker[],
  added: readonly Marker[],
): readonly Marker[] {
  const byId = new Map(markers.map((marker) => [marker.id, marker]))
  const news = added.filter((marker) => !isSame(byId.get(marker.id), marker))
  if (news.length === 0) return markers
  for (const marker of news) byId.set(marker.id, marker)
  return [...byId.values()].sort((a, b) => a.at - b.at)
}

/** Takes a marker back, if it was set on a screen; what a feed or a file says stays. */
export function withoutMarker(markers: readonly Marker[], id: string): readonly Marker[] {
  const isKept = (marker: Marker) => marker.id !== id || marker.origin !== 'here'
  return markers.every(isKept) ? markers : markers.filter(isKept)
}

const isSame = (known: Marker | undefined, marker: Marker) =>
  known !== undefined &&
  known.at === marker.at &&
  known.kind === marker.kind &&
  known.label === marker.label &&
  known.origin === marker.origin
