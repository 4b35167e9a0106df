import { useEffect, useState } from 'react'
import { type EpochMs, epochMs } from '#domain/units.ts'

const SECOND_MS = 1_000

/**
 * The time at the last full second, read again when the next one begins: a clock with seconds neither
 * skips nor repeats one. `now` must be stable between renders.
 */
export function useSecond(now: () => EpochMs): EpochMs {
  const [at, setAt] = useState(() => secondOf(now()))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    function tick() {
      const time = now()
      setAt(secondOf(time))
      // Just past the second: a timer that is early by a hair would read the one before.
      timer = setTimeout(tick, SECOND_MS - (time % SECOND_MS) + 2)
    }
    tick()
    document.addEventListener('visibilitychange', look)
    function look() {
      setAt(secondOf(now()))
    }
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [now])
  return at
}

const secondOf = (at: EpochMs) => epochMs(Math.floor(at / SECOND_MS) * SECOND_MS)
