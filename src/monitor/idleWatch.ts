import type { DurationMs } from '#domain/units.ts'
import type { Timer } from './clock.ts'
import type { Page } from './page.ts'

type Options = {
  /** Null: there is nobody to look away (Node). */
  page: Page | null
  /** How long a page may be hidden before it counts as idle; null: for ever. */
  afterMs: DurationMs | null
  timer: Timer
  changed: (isIdle: boolean) => void
}

/**
 * Tells when nobody has looked at the page for long: polling keeps the signed-in user's session
 * alive, which can defeat an organisation's idle time-out (facts §7.3), so a hidden page may be told to stop.
 */
export function watchIdle({ page, afterMs, timer, changed }: Options): () => void {
  if (!page || afterMs === null) return () => undefined
  let isIdle = false
  let cancel: () => void = () => undefined

  function set(next: boolean) {
    if (next === isIdle) return
    isIdle = next
    changed(next)
  }
  function look() {
    cancel()
    if (page!.isHidden()) cancel = timer.after(afterMs!, () => set(true))
    else set(false)
  }

  const leave = page.subscribe(look)
  look()
  return () => {
    cancel()
    leave()
  }
}
