import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { DEFAULT_LIVE_VIEW, liveSearchOf } from '#state/link/liveLink.ts'
import { usePreferencesStore } from '#state/preferences.ts'
import { unlockOnGesture } from './alerts/unlockOnGesture.ts'
import { App } from './App.tsx'
import { createBlockedAddresses } from './blockedAddresses.ts'
import { tabStorage } from './pageStorage.ts'
import { createAppRouter } from './router.tsx'
import { takeScreenKey } from './screens/takeScreenKey.ts'
import { embeddedStart, takeEmbedding } from './takeEmbedding.ts'
import { takeSignInAnswer } from './takeSignInAnswer.ts'
import { createWorkspace } from './workspace.ts'

const workspace = createWorkspace()
const blocked = createBlockedAddresses(document)
const embedding = takeEmbedding(location, history, tabStorage)
const known = workspace.state().organisations.map(({ config }) => config)
const start = embeddedStart(embedding, location.pathname, known)
if (start !== null) history.replaceState(null, '', start)
const answer = takeSignInAnswer(location, history)
const screenKey = takeScreenKey(location, history)
const router = createAppRouter({ workspace, blocked, embedding, answer, screenKey })
workspace.alertLinks.follow(({ org, from, to }) => {
  const search = liveSearchOf({ ...DEFAULT_LIVE_VIEW, window: { kind: 'absolute', from, to } })
  void router.navigate({ to: '/org/$orgId/live', params: { orgId: org }, search })
})
unlockOnGesture(workspace.chime, () => usePreferencesStore.getState().alertTelling)

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App router={router} queryClient={workspace.queryClient} />
  </StrictMode>,
)
