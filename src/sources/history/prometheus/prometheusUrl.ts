import { readFeedUrl } from '../../feed/feedUrl.ts'

/** An address as typed: usable, or what is wrong with it, in one sentence. */
export type PrometheusUrlReading = { url: string; problem: null } | { url: null; problem: string }

/** Where `tidemark serve --prometheus URL` passes requests on. */
export const SAME_ORIGIN_PATH = '/prometheus'

/** Segments of plain characters: nothing that a server could read as another path. */
const PATH = /^(\/[A-Za-z0-9._~-]+)+$/
const UPWARDS = /(^|\/)\.{1,2}(\/|$)/

/**
 * Reads where a Prometheus-compatible server is: an address, or a path of the server that the page
 * comes from. A slash at the end is dropped.
 */
export function readPrometheusUrl(typed: string): PrometheusUrlReading {
  const text = typed.trim().replace(/\/+$/, '')
  if (text.startsWith('/'))
    return PATH.test(text) && !UPWARDS.test(text)
      ? { url: text, problem: null }
      : { url: null, problem: `“${text}” is no path: type one such as ${SAME_ORIGIN_PATH}.` }
  const { url } = readFeedUrl(text)
  if (url !== null) return { url, problem: null }
  return {
    url: null,
    problem: `“${text}” is no address of a Prometheus: type one such as http://127.0.0.1:9090, without a name or password, or ${SAME_ORIGIN_PATH}.`,
  }
}
