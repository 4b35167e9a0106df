import { useRouteContext } from '@tanstack/react-router'
import type { RouteContext } from './router.tsx'

/** What the app was built with. */
export const useAppContext = (): RouteContext => useRouteContext({ from: '__root__' })
