const EXPOSED = [
  'Retry-After',
  'ININ-Correlation-Id',
  'inin-ratelimit-count',
  'inin-ratelimit-allowed',
  'inin-ratelimit-reset',
].join(', ')

/**
 * What lets a page of another origin read a reply. `Date` is never exposed; with `withhold` no header
 * is, as some gateways do.
 */
export const corsHeaders = (withhold: boolean): Record<string, string> => ({
  'Access-Control-Allow-Origin': '*',
  ...(withhold ? {} : { 'Access-Control-Expose-Headers': EXPOSED }),
})

/** The answer to a preflight. */
export const preflight = (request: Request) =>
  new Response(null, {
    status: 204,
    headers: {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Methods': 'GET, HEAD, POST, PUT, DELETE, OPTIONS',
      'Access-Control-Allow-Headers':
        request.headers.get('Access-Control-Request-Headers') ?? 'Authorization, Content-Type',
      'Access-Control-Max-Age': '600',
    },
  })
