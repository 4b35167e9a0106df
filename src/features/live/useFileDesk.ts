import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import { type EpochMs, HOUR_MS } from '#domain/units.ts'
import type { OrgMonitor } from '#monitor/orgMonitor.ts'
import { createFileDesk } from './fileDesk.ts'
import type { ShownWindow } from './useShownWindow.ts'

type Windows = Pick<ShownWindow, 'rollingMs' | 'showAround' | 'backToLive'>

/** The file beside what is being watched. Once it is read, its window is shown. */
export function useFileDesk(monitor: OrgMonitor, windows: Windows) {
  const latest = useRef(windows)
  useEffect(() => {
    latest.current = windows
  })
  const desk = useMemo(() => createFileDesk(monitor), [monitor])
  useEffect(
    () =>
      desk.attend((from, to, isFollowed) => {
        const { rollingMs, showAround, backToLive } = latest.current
        if (!isFollowed || !isRecent(to, monitor.now(), rollingMs ?? HOUR_MS)) showAround(from, to)
        else if (rollingMs === null) backToLive()
      }),
    [desk, monitor],
  )
  const file = useSyncExternalStore(desk.subscribe, desk.file)
  return { file, desk }
}

/** A running test goes on where the moving window is; a finished one lies elsewhere. */
const isRecent = (endAt: EpochMs, now: EpochMs, withinMs: number) => endAt >= now - withinMs
