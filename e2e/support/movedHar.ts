import { readFileSync } from 'node:fs'

type Har = {
  log: {
    entries: {
      startedDateTime: string
      response: { headers: { name: string; value: string }[] }
    }[]
  }
}

/** The recording that belongs to the project: a browser that met 503s. */
const RECORDED = 'src/sources/imports/fixtures/playwright-chromium-503.har'

/**
 * A recording as another machine would have made it at another time: it begins at `toMs` by the servers'
 * clocks, and the browser's clock is ahead of those.
 */
export function movedHar(toMs: number, aheadMs: number): string {
  const har = JSON.parse(readFileSync(RECORDED, 'utf8')) as Har
  const { entries } = har.log
  const byMs = Math.round((toMs - Date.parse(entries[0]!.startedDateTime)) / 1_000) * 1_000
  for (const entry of entries) {
    const startMs = Date.parse(entry.startedDateTime)
    entry.startedDateTime = new Date(startMs + byMs + aheadMs).toISOString()
    for (const header of entry.response.headers)
      if (header.name.toLowerCase() === 'date')
        header.value = new Date(Date.parse(header.value) + byMs).toUTCString()
  }
  return JSON.stringify(har)
}
