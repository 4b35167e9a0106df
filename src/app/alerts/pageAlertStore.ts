import type { AlertStore } from '#monitor/alerts/alertStore.ts'
import type { OrgId } from '#domain/units.ts'

const keyOf = (org: OrgId) => `tidemark.alerts.${org}`

/** The storage that the tabs of this origin share: each hears what another one saves. */
export const pageAlertStore: AlertStore = {
  load(org) {
    try {
      return localStorage.getItem(keyOf(org))
    } catch {
      // A browser that withholds storage: alerts begin anew with each page.
      return null
    }
  },
  save(org, text) {
    try {
      localStorage.setItem(keyOf(org), text)
    } catch {
      // Full, or withheld. What fires is told all the same, and told again after a reload.
    }
  },
  subscribe(org, heard) {
    const listen = ({ key, newValue }: StorageEvent) => {
      if (key === keyOf(org) && newValue !== null) heard(newValue)
    }
    window.addEventListener('storage', listen)
    return () => window.removeEventListener('storage', listen)
  },
}

/** What is forgotten with its organisation. */
export function forgetAlerts(org: OrgId) {
  try {
    localStorage.removeItem(keyOf(org))
  } catch {
    // Where nothing can be kept nothing is left.
  }
}
