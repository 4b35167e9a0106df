import { useEffect, useSyncExternalStore } from 'react'
import type { AlertBoard, Unseen } from './alertBoard.ts'

/** The title of this tab, with how many alerts nobody has seen, and their worst in its icon. */
export function useAlertBadge(board: AlertBoard, title: string) {
  const unseen = useSyncExternalStore(board.subscribe, board.unseen)
  useEffect(() => {
    document.title = badgedTitle(title, unseen)
    return () => {
      document.title = 'Tidemark'
    }
  }, [title, unseen])
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
    if (icon) icon.href = iconOf(unseen)
  }, [unseen])
}

export const badgedTitle = (title: string, { critical, warn }: Unseen) =>
  critical + warn === 0 ? title : `(${critical + warn}) ${title}`

/** Files, since the policy of the page lets no other address in. */
export function iconOf({ critical, warn }: Unseen): string {
  if (critical > 0) return '/tidemark-critical.svg'
  return warn > 0 ? '/tidemark-warn.svg' : '/tidemark.svg'
}
