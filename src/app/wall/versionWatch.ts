import type { Timer } from '#monitor/clock.ts'
import { repeat } from '#monitor/repeat.ts'
import type { SecretStorage } from '#sources/tabSecret.ts'

/** Which build this tab reloaded itself for; it ends with the tab. */
const RELOADED_FOR = 'tidemark.wall.reloadedFor'
const LOOK_EVERY_MS = 60_000

type Options = {
  /** The script that this page began with: its address holds a hash of the whole build. */
  ownEntry: string | null
  fetch: (path: string, init: RequestInit) => Promise<Response>
  storage: Pick<SecretStorage, 'getItem' | 'setItem'>
  timer: Timer
  /** Whether a reload loses nothing, e.g. a display key that opened nothing yet. */
  isSafe: () => boolean
  reload: () => void
}

/**
 * Reloads a page that nobody touches when another build is served: looks once a minute at the address of the
 * entry script in the served page. It reloads once per build, and only where the new page and its script
 * answer whole: a server in the middle of its update is left alone until the next look.
 */
export function watchVersion({ ownEntry, fetch, storage, timer, isSafe, reload }: Options) {
  let isLooking = false

  async function look() {
    if (isLooking || ownEntry === null) return
    isLooking = true
    try {
      const served = await servedEntry()
      if (served === null || served === ownEntry || !isSafe()) return
      // Where nothing can be kept, nothing would stop a reload after the other.
      if (storage.getItem(RELOADED_FOR) === served) return
      storage.setItem(RELOADED_FOR, served)
      reload()
    } catch {
      // No network, no server, no storage: the page that is here goes on, and looks again in a minute.
    } finally {
      isLooking = false
    }
  }

  /** The entry script that is served now, if it answers itself. */
  async function servedEntry(): Promise<string | null> {
    const page = await fetch('/', { cache: 'no-store' })
    const entry = page.ok ? entryOf(await page.text()) : null
    if (entry === null || entry === ownEntry) return entry
    const script = await fetch(entry, { cache: 'no-store' })
    const isScript = script.headers.get('Content-Type')?.includes('javascript') ?? false
    return script.ok && isScript ? entry : null
  }

  return { look, stop: repeat(timer, LOOK_EVERY_MS, () => void look()) }
}

/** The path of the module script of a page; null where there is none. */
export function entryOf(html: string): string | null {
  for (const [tag] of html.matchAll(/<script\b[^>]*>/g)) {
    if (!/\btype="module"/.test(tag)) continue
    const src = /\bsrc="([^"]+)"/.exec(tag)?.[1]
    if (src) return new URL(src, 'http://page').pathname
  }
  return null
}
