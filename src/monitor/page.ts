/** The page somebody may be looking at. Node has none. */
export type Page = {
  isHidden: () => boolean
  /** Hears when the page is hidden or shown. */
  subscribe: (listener: () => void) => () => void
}

/** The browser's page. */
export const browserPage: Page = {
  isHidden: () => document.visibilityState === 'hidden',
  subscribe(listener) {
    document.addEventListener('visibilitychange', listener)
    return () => document.removeEventListener('visibilitychange', listener)
  },
}
