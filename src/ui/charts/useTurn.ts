import { startTransition, useEffect, useState } from 'react'
import type { Turns } from './turns.ts'

/** Whether it has been this component's turn to show what costs much. Once true it stays so. */
export function useTurn(turns: Turns): boolean {
  const [isIn, setIsIn] = useState(false)
  useEffect(() => turns.wait(() => startTransition(() => setIsIn(true))), [turns])
  return isIn
}
