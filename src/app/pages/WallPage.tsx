import { useNavigate, useRouter } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { layoutOf } from '#domain/wall/wallLayout.ts'
import type { OrgId } from '#domain/units.ts'
import { useWallSize } from '#features/wall/useWallSize.ts'
import { WallScreen } from '#features/wall/WallScreen.tsx'
import { WallSetUpScreen } from '#features/wall/WallSetUpScreen.tsx'
import { createChime } from '#state/chime.ts'
import { type WallSetUp, wallSearchOf, wallSetUpOf } from '#state/link/wallLink.ts'
import { useZone } from '#state/preferences.ts'
import { pageWakeLock } from '#state/wakeLock.ts'
import { wallRoute } from '../router.tsx'
import { useAppContext } from '../useAppContext.ts'
import { useWorkspaceState } from '../useWorkspaceState.ts'
import { useBeats, useNewVersions, useUnlocked } from '../wall/useUnattended.ts'

/** How soon a display key that opened nothing is tried again. */
const KEY_AGAIN_MS = 30_000

/** The wall, where its address says how; else how to set it up. */
export function WallPage() {
  const { workspace } = useAppContext()
  const { organisations, opened } = useWorkspaceState(workspace)
  const screen = wallRoute.useLoaderData()
  const search = wallRoute.useSearch()
  const { setUp, isWhole, notices } = useMemo(() => wallSetUpOf(search), [search])
  const [isSettingUp, setSettingUp] = useState(false)
  const [chime] = useState(createChime)
  const [wakeLock] = useState(pageWakeLock)
  const wakeState = useSyncExternalStore(wakeLock.subscribe, wakeLock.state)
  const ownZone = useZone()
  const size = useWallSize()
  const navigate = useNavigate()
  const router = useRouter()
  const isRefused = screen?.kind === 'refused'
  useEffect(() => wakeLock.start(), [wakeLock])
  useTitle()
  useNewVersions(!isRefused)
  useUnlocked(chime, setUp.hasSound)
  const isUp = isWhole && !isSettingUp
  const onBlind = useBeats(isUp ? setUp.name : null)
  useEffect(() => {
    if (!isRefused) return
    const timer = setInterval(() => void router.invalidate(), KEY_AGAIN_MS)
    return () => clearInterval(timer)
  }, [isRefused, router])

  const monitorOf = useCallback((id: OrgId) => opened.get(id)?.monitor ?? null, [opened])
  const leave = useCallback(() => setSettingUp(true), [])
  const shown = organisations
    .map(({ organisation }) => organisation)
    .filter(({ id }) => setUp.organisations?.includes(id) ?? true)
  const layout = layoutOf({
    ...setUp,
    ...size,
    hasRibbon: shown.some(({ simulation }) => simulation !== null),
  })
  if (isUp && layout)
    return (
      <WallScreen
        setUp={setUp}
        layout={layout}
        board={workspace.standings}
        monitorOf={monitorOf}
        clock={workspace.now}
        zone={setUp.zone ?? ownZone}
        chime={setUp.hasSound ? chime : null}
        emptyWords={
          screen?.kind === 'refused' ? screen.problem : 'No organisation is known on this machine.'
        }
        onBlind={onBlind}
        onLeave={leave}
      />
    )
  const show = (wanted: WallSetUp) => {
    if (wanted.hasSound) void chime.unlock()
    setSettingUp(false)
    void navigate({ to: '/wall', search: wallSearchOf(wanted) })
  }
  return (
    <WallSetUpScreen
      setUp={setUp}
      notices={
        screen?.kind === 'refused' ? [...notices, `${screen.problem} ${screen.remedy}`] : notices
      }
      organisations={organisations.map(({ organisation }) => organisation)}
      whole={size.whole}
      wakeLock={wakeState}
      ownZone={ownZone}
      linkOf={(wanted) =>
        location.origin + router.buildLocation({ to: '/wall', search: wallSearchOf(wanted) }).href
      }
      onShow={show}
      onLeave={() => void navigate({ to: '/organisations' })}
    />
  )
}

function useTitle() {
  useEffect(() => {
    document.title = 'Wall · Tidemark'
    return () => {
      document.title = 'Tidemark'
    }
  }, [])
}
