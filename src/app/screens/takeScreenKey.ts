/** Where a screen without a login begins: `/screen#key=tmk_…`, as `tidemark key add` gives its key. */
export const SCREEN_PATH = '/screen'
/** A wall begins with one, too: what sets it up stands before the `#` and stays. */
export const WALL_PATH = '/wall'

/**
 * The display key of the address, taken out of the address bar at once. It stands behind the `#`, which
 * browsers send to no server. Called before the router reads the address. Null where there is none.
 */
export function takeScreenKey(
  { pathname, search, hash }: Pick<Location, 'pathname' | 'search' | 'hash'>,
  history: Pick<History, 'replaceState'>,
): string | null {
  const isWall = pathname === WALL_PATH
  if (!(isWall || pathname === SCREEN_PATH) || hash === '') return null
  history.replaceState(null, '', isWall ? pathname + search : pathname)
  return new URLSearchParams(hash.slice(1)).get('key') || null
}
