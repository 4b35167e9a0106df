import { useCallback, useSyncExternalStore } from 'react'
import type { OrgId } from '#domain/units.ts'
import type { Standing, StandingBoard, StandingList } from './standing.ts'

/** How one organisation stands; news of the others is not heard. */
export function useStanding(board: StandingBoard, id: OrgId): Standing | null {
  const subscribe = useCallback(
    (listener: () => void) => board.subscribeTo(id, listener),
    [board, id],
  )
  return useSyncExternalStore(
    subscribe,
    useCallback(() => board.standing(id), [board, id]),
  )
}

/** All organisations, worst first. */
export const useStandingList = (board: StandingBoard): StandingList =>
  useSyncExternalStore(board.subscribe, board.list)
