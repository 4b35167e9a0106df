import { useSyncExternalStore } from 'react'

const PREFERS_LIGHT = '(prefers-color-scheme: light)'

function subscribe(listener: () => void) {
  const query = matchMedia(PREFERS_LIGHT)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

/** The theme that the operating system asks for, followed while it changes. */
export const useSystemTheme = () =>
  useSyncExternalStore(subscribe, () => (matchMedia(PREFERS_LIGHT).matches ? 'light' : 'dark'))
