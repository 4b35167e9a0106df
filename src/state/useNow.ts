import { useEffect, useState } from 'react'
import type { EpochMs } from '#domain/units.ts'

/**
 * The time, read again every `everyMs`: for ages and clocks. `now` must be stable between renders
 * (a monitor's is). A hidden tab may read it less often; it is right again when seen.
 */
export function useNow(now: () => EpochMs, everyMs: number): EpochMs {
  const [at, setAt] = useState(now)
  useEffect(() => {
    const tick = () => setAt(now())
    tick()
    const timer = setInterval(tick, everyMs)
    document.addEventListener('visibilitychange', tick)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', tick)
    }
  }, [now, everyMs])
  return at
}
