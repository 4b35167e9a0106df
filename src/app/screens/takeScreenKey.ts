/** Where a screen without a login begins: `/screen#key=tmk_…`, as `tidemark key add` gives its key. */
export const SCREEN_PATH = '/screen'

/**
 * The display key of the address, taken out of the address bar at once. It stands behind the `#`, which
 * browsers send to no server. Called before the router reads the address. Null where there is none.
 */
export function takeScreenKey(
  { pathname, hash }: Pick<Location, 'pathname' | 'hash'>,
  history: Pick<History, 'replaceState'>,
): string | null {
  if (pathname !== SCREEN_PATH || hash === '') return null
  history.replaceState(null, '', pathname)
  return new URLSearchParams(hash.slice(1)).get('key') || null
}
