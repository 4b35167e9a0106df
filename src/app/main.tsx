import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { createBlockedAddresses } from './blockedAddresses.ts'
import { createAppRouter } from './router.tsx'
import { takeSignInAnswer } from './takeSignInAnswer.ts'
import { createWorkspace } from './workspace.ts'

const workspace = createWorkspace()
const blocked = createBlockedAddresses(document)
const router = createAppRouter({ workspace, blocked, answer: takeSignInAnswer(location, history) })

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App router={router} queryClient={workspace.queryClient} />
  </StrictMode>,
)
