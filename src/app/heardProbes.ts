import type { EpochMs, OrgId } from '#domain/units.ts'
import type { ProbeDesk } from '#sources/probe/probeDesk.ts'
import type { createProbeListener } from '#sources/probe/probeListener.ts'

/**
 * What pages of this origin report to this page. What hears them is loaded with the first organisation
 * that names apps; a desk outlives its monitor, so that other settings do not make it forget.
 */
export function createHeardProbes(now: () => EpochMs) {
  const wanted = new Map<OrgId, readonly string[]>()
  let listener: ReturnType<typeof createProbeListener> | null = null

  function drop(org: OrgId) {
    wanted.delete(org)
    listener?.drop(org)
  }

  return {
    /** The desk of an organisation; null where it names no app, or was dropped meanwhile. */
    async expect(org: OrgId, apps: readonly string[]): Promise<ProbeDesk | null> {
      if (apps.length === 0) {
        drop(org)
        return null
      }
      wanted.set(org, apps)
      const loaded = await import('#sources/probe/probeListener.ts')
      listener ??= loaded.createProbeListener({ now })
      return wanted.get(org) === apps ? listener.expect(org, apps) : null
    },
    /** Hears nothing for it any more. */
    drop,
  }
}
