import { useEffect, useRef, useState } from 'react'
import type { OrgId } from '#domain/units.ts'
import type { Chime } from '#state/chime.ts'
import { wallNews } from './wallNews.ts'
import type { WallReading } from './wallReading.ts'

/** How long the outline of a new critical one stands. */
const OUTLINE_MS = 2_000

/** Which organisations have just become critical; rings for those, and for a new warning. */
export function useWallNews(
  readings: readonly WallReading[],
  chime: Pick<Chime, 'play'> | null,
): ReadonlySet<OrgId> {
  const seenRef = useRef<ReadonlyMap<OrgId, number>>(new Map())
  const [fresh, setFresh] = useState<ReadonlySet<OrgId>>(NOBODY)
  useEffect(() => {
    const { news, after } = wallNews(seenRef.current, readings)
    seenRef.current = after
    if (news.critical.length > 0) {
      setFresh(new Set(news.critical))
      chime?.play('critical')
    } else if (news.warn.length > 0) chime?.play('warn')
  }, [readings, chime])
  useEffect(() => {
    if (fresh.size === 0) return
    const timer = setTimeout(() => setFresh(NOBODY), OUTLINE_MS)
    return () => clearTimeout(timer)
  }, [fresh])
  return fresh
}

const NOBODY: ReadonlySet<OrgId> = new Set()
