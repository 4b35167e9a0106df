import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import * as z from 'zod/mini'

/** How this browser tells of alerts beside the screen. */
export type AlertTelling = { isNotified: boolean; hasSound: boolean }

export const THEME_CHOICES = ['dark', 'light', 'system'] as const
export type ThemeChoice = (typeof THEME_CHOICES)[number]

/** What the person at this browser prefers, whichever organisation is on the screen. */
export type Preferences = {
  theme: ThemeChoice
  /** `local`, or an IANA zone such as `UTC` or `Europe/Berlin`. */
  zone: string
  /** Whether Review shows the days of an organisation's history. */
  isHistoryShown: boolean
  /** The name that stands beside what this person types: limits. Empty until one was typed. */
  author: string
  /** Whether a tab watches every organisation it can, or only those that were opened in it. */
  isWatchingAll: boolean
  alertTelling: AlertTelling
}

const DEFAULTS: Preferences = {
  theme: 'system',
  zone: 'local',
  isHistoryShown: true,
  author: '',
  isWatchingAll: true,
  alertTelling: { isNotified: false, hasSound: false },
}

/** Whether this browser can show clock times of a zone. */
export function isKnownZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: zone }).format() !== ''
  } catch {
    return false
  }
}

// Under a name of its own: linters take `z.catch(…)` for a promise's.
const orElse = z.catch
const stored = z.object({
  theme: orElse(z.enum(THEME_CHOICES), DEFAULTS.theme),
  zone: orElse(
    z.string().check(z.refine((zone) => zone === 'local' || isKnownZone(zone))),
    DEFAULTS.zone,
  ),
  isHistoryShown: orElse(z.boolean(), DEFAULTS.isHistoryShown),
  author: orElse(z.string().check(z.maxLength(200)), DEFAULTS.author),
  isWatchingAll: orElse(z.boolean(), DEFAULTS.isWatchingAll),
  alertTelling: orElse(
    z.object({ isNotified: z.boolean(), hasSound: z.boolean() }),
    DEFAULTS.alertTelling,
  ),
})

/** Preferences as they were stored, each one that is not understood replaced by its default. */
export function preferencesOf(value: unknown): Preferences {
  const parsed = stored.safeParse(value)
  return parsed.success ? parsed.data : DEFAULTS
}

export const usePreferencesStore = create<Preferences>()(
  persist(() => DEFAULTS, {
    name: 'tidemark.preferences',
    version: 1,
    merge: (persisted) => preferencesOf(persisted),
  }),
)

export const useThemeChoice = () => usePreferencesStore((preferences) => preferences.theme)
export const useZoneChoice = () => usePreferencesStore((preferences) => preferences.zone)

export const useHistoryShown = () =>
  usePreferencesStore((preferences) => preferences.isHistoryShown)

export const useWatchingAll = () => usePreferencesStore((preferences) => preferences.isWatchingAll)
export const useAlertTelling = () => usePreferencesStore((preferences) => preferences.alertTelling)
export const useAuthor = () => usePreferencesStore((preferences) => preferences.author)

/** The IANA zone in which clock times are shown. */
export const useZone = () => zoneNameOf(useZoneChoice())

export const chooseAlertTelling = (change: Partial<AlertTelling>) =>
  usePreferencesStore.setState(({ alertTelling }) => ({
    alertTelling: { ...alertTelling, ...change },
  }))
export const chooseTheme = (theme: ThemeChoice) => usePreferencesStore.setState({ theme })
export const chooseZone = (zone: string) => usePreferencesStore.setState({ zone })
export const watchAll = (isWatchingAll: boolean) => usePreferencesStore.setState({ isWatchingAll })
export const chooseAuthor = (author: string) => usePreferencesStore.setState({ author })
export const showHistory = (isHistoryShown: boolean) =>
  usePreferencesStore.setState({ isHistoryShown })

/** The IANA name behind a choice: `local` is this browser's zone. */
export const zoneNameOf = (choice: string) =>
  choice === 'local' ? new Intl.DateTimeFormat().resolvedOptions().timeZone : choice
