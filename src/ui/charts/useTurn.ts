import { startTransition, useEffect, useState } from 'react'
import type { Turns } from './turns.ts'

/**
 * Whether it has been this component's turn to show what costs much, asked for as soon as it wants one.
 * Once true it stays so.
 */
export function useTurn(turns: Turns, isWanted: boolean): boolean {
  const [isIn, setIsIn] = useState(false)
  useEffect(
    () => (isWanted ? turns.wait(() => startTransition(() => setIsIn(true))) : undefined),
    [turns, isWanted],
  )
  return isIn
}
