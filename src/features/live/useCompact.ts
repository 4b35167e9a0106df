import { useSyncExternalStore } from 'react'

/** Where the screen is smaller than the full desk measures; the style sheets say the same. */
const query = '(max-width: 1359px), (max-height: 799px)'

function subscribe(listener: () => void) {
  const media = matchMedia(query)
  media.addEventListener('change', listener)
  return () => media.removeEventListener('change', listener)
}

/** Whether the narrower measures of 1280 × 720 hold. */
export const useCompact = () => useSyncExternalStore(subscribe, () => matchMedia(query).matches)
