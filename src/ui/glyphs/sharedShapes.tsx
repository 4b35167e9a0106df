/** The wall: the yellow bar that only a limit has. */
export const WALL = <rect width="12" height="2" fill="var(--limit)" />

/** A block that has risen to the wall. */
export const AT_WALL = (
  <>
    {WALL}
    <rect x="1.5" y="3" width="9" height="9" fill="var(--crit)" />
  </>
)

/** Nobody knows. */
export const DASHED_RING = (
  <circle
    cx="6"
    cy="6"
    r="4.6"
    fill="none"
    stroke="var(--ink3)"
    strokeWidth="1.5"
    strokeDasharray="2.4 2"
  />
)
