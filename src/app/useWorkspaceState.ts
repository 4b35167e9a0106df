import { useSyncExternalStore } from 'react'
import type { Workspace, WorkspaceState } from './workspace.ts'

/** The organisations known and open, followed while they change. */
export const useWorkspaceState = (workspace: Workspace): WorkspaceState =>
  useSyncExternalStore(workspace.subscribe, workspace.state)
