/**
 * The query that the login page sent to the redirect address, taken out of the address bar at once: a code
 * is good once, and addresses are kept in histories. Called before the router reads the address.
 */
export function takeSignInAnswer(
  { pathname, search }: Pick<Location, 'pathname' | 'search'>,
  history: Pick<History, 'replaceState'>,
): string {
  if (pathname !== '/signed-in') return ''
  history.replaceState(null, '', pathname)
  return search
}
