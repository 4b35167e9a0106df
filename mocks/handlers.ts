import { HttpResponse, http } from 'msw'
import type { Tenant } from './tenant.ts'

/**
 * MSW's view of a tenant: every request under a base is answered by it. The base is a path of the
 * page (`/simulated/abc`) or an origin (`https://api.example.com`).
 */
export const handlersFor = (tenant: Tenant, base: string) => [
  http.all(`${base}/*`, async ({ request }) => {
    const url = new URL(request.url)
    const path = base.startsWith('/') ? base : new URL(base).pathname.replace(/\/$/, '')
    url.pathname = url.pathname.slice(path.length)
    const hasBody = request.method !== 'GET' && request.method !== 'HEAD'
    const response = await tenant.fetch(
      new Request(url, {
        method: request.method,
        headers: request.headers,
        signal: request.signal,
        ...(hasBody ? { body: await request.arrayBuffer() } : {}),
      }),
    )
    // A page of another origin could not read it: inside the page nothing else stops that.
    return response.headers.has('Access-Control-Allow-Origin') ? response : HttpResponse.error()
  }),
]
