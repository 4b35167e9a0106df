import { useSyncExternalStore } from 'react'

/** Where the drawer finds room beside the charts; below, it lies over them. The style sheet says the same. */
const query = '(min-width: 1280px)'

function subscribe(listener: () => void) {
  const media = matchMedia(query)
  media.addEventListener('change', listener)
  return () => media.removeEventListener('change', listener)
}

/** Whether an open drawer takes its width from the charts. */
export const useIsBeside = () => useSyncExternalStore(subscribe, () => matchMedia(query).matches)
