const ID = /^(?:[0-9a-f]{8}-[0-9a-f-]{20,}|[0-9a-f]{16,}|\d+)$/i

/**
 * A request as it is shown, counted and compared: `GET /api/v2/users/{id}`. Identifiers are
 * replaced, the query is left out: it may hold more than anybody should see.
 */
export function routeOf(method: string, path: string): string {
  const [bare = ''] = path.split(/[?#]/)
  const segments = bare.split('/').map((segment) => (ID.test(segment) ? '{id}' : segment))
  return `${method} ${segments.join('/')}`
}
