import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useThemeChoice } from '#state/preferences.ts'
import { TidemarkTheme } from '#ui/theme/TidemarkTheme.tsx'
import type { AppRouter } from './router.tsx'
import { useSystemTheme } from './useSystemTheme.ts'

type Props = { router: AppRouter; queryClient: QueryClient }

/** Everything that screens stand on: look, query cache, addresses. */
export function App({ router, queryClient }: Props) {
  const choice = useThemeChoice()
  const system = useSystemTheme()
  return (
    <TidemarkTheme theme={choice === 'system' ? system : choice}>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </TidemarkTheme>
  )
}
