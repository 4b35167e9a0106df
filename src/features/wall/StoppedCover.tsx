import { useEffect, useRef } from 'react'
import type { EpochMs } from '#domain/units.ts'
import classes from './Wall.module.css'

/** Without a beat for so long the page has stopped, whatever it still shows. */
const STOPPED_AFTER_MS = 30_000

/**
 * Covers a wall whose page has stopped: a frozen picture looks well otherwise. The browser's compositor plays
 * the animation, which goes on where the page's own code does not; every beat begins it anew.
 */
export function StoppedCover({ now }: { now: EpochMs }) {
  const coverRef = useRef<HTMLDivElement>(null)
  const animationRef = useRef<Animation>(null)
  useEffect(() => {
    const animation = coverRef.current!.animate(
      [{ opacity: 0 }, { opacity: 0, offset: 0.999 }, { opacity: 1 }],
      { duration: STOPPED_AFTER_MS, fill: 'forwards' },
    )
    animationRef.current = animation
    return () => animation.cancel()
  }, [])
  useEffect(() => {
    if (animationRef.current) animationRef.current.currentTime = 0
  }, [now])
  return (
    <div ref={coverRef} className={classes.stopped} aria-hidden="true">
      <p>This wall has stopped. Nothing on it is new.</p>
    </div>
  )
}
