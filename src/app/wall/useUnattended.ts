import { useCallback, useEffect, useRef } from 'react'
import type { Chime } from '#state/chime.ts'
import { startBeating } from '#state/wallBeat.ts'
import { tabStorage } from '../pageStorage.ts'
import { entryOf, watchVersion } from './versionWatch.ts'

/** Loads another build by itself, as long as the wall is up. */
export function useNewVersions(isSafe: boolean) {
  useEffect(() => {
    const watch = watchVersion({
      ownEntry: entryOf(
        [...document.querySelectorAll('script')].map(({ outerHTML }) => outerHTML).join(''),
      ),
      fetch: (path, init) => fetch(path, init),
      storage: tabStorage,
      timer: pageTimer,
      isSafe: () => isSafe,
      reload: () => location.reload(),
    })
    // A part of this build is gone: another one is served, most likely.
    const partGone = () => void watch.look()
    window.addEventListener('vite:preloadError', partGone)
    return () => {
      watch.stop()
      window.removeEventListener('vite:preloadError', partGone)
    }
  }, [isSafe])
}

/** Tells the server of this page how the wall is, under its name; null: it has none. Gives who hears whether it sees. */
export function useBeats(name: string | null): (isBlind: boolean) => void {
  const isBlindRef = useRef(false)
  useEffect(() => {
    if (name === null) return
    return startBeating({
      name,
      isBlind: () => isBlindRef.current,
      fetch: (url, init) => fetch(url, init),
      timer: pageTimer,
    })
  }, [name])
  return useCallback((isBlind) => {
    isBlindRef.current = isBlind
  }, [])
}

const pageTimer = {
  after: (delayMs: number, call: () => void) => {
    const id = setTimeout(call, delayMs)
    return () => clearTimeout(id)
  },
}

/** Gets sound at once where the browser gives it without a gesture, else with the first one. */
export function useUnlocked(chime: Chime, isWanted: boolean) {
  useEffect(() => {
    if (!isWanted) return
    const unlock = () => void chime.unlock()
    unlock()
    window.addEventListener('pointerdown', unlock)
    window.addEventListener('keydown', unlock)
    return () => {
      window.removeEventListener('pointerdown', unlock)
      window.removeEventListener('keydown', unlock)
    }
  }, [chime, isWanted])
}
