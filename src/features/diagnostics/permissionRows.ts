import type { SourceId } from '#domain/units.ts'
import type { SourceStatus } from '#monitor/orgFacts.ts'
import { PERMISSIONS } from '#sources/genesys/access.ts'
import type { ProbeId, ProbeResult } from '#sources/genesys/probes/probe.ts'
import { PROBES } from '#sources/genesys/probes/probes.ts'

/** One permission: whether the role holds it as far as replies tell, and what is off without it. */
export type PermissionRow = {
  name: string
  /** What it is for; a server may name one that no list of ours does. */
  reason: string
  isOptional: boolean
  state: 'missing' | 'held' | 'unknown'
  /** Sources that were refused for want of it. */
  off: readonly SourceStatus[]
  /** Probes that were. */
  probes: readonly ProbeId[]
}

type Known = {
  sources: readonly SourceStatus[]
  /** What each source is documented to need; any one is enough. */
  needs: ReadonlyMap<SourceId, readonly string[]>
  results: ReadonlyMap<ProbeId, ProbeResult>
}

/**
 * The permissions of the minimum role, the missing ones first, then any other that a reply named. A
 * source that is asked all the time knows better than a probe of yesterday. A call that would take
 * either of two permissions proves neither by working.
 */
export function permissionRows({ sources, needs, results }: Known): readonly PermissionRow[] {
  const listed = new Map(PERMISSIONS.map((permission) => [permission.name, permission]))
  const probes = [...results.values()]
  const named = [
    ...sources.flatMap(({ failure }) => split(failure?.permission ?? null)),
    ...probes.flatMap(({ permission }) => split(permission)),
  ]
  const rows = [...new Set([...listed.keys(), ...named])].map((name): PermissionRow => {
    const off = sources.filter((source) => isRefused(source) && lacks(source.failure, name))
    const refused = probes.filter((result) => result.state === 'forbidden' && lacks(result, name))
    const isProved = sources.some(
      (source) => source.state === 'ok' && provesOf(needs, source, name),
    )
    const isProbed = probes.some((result) => result.state === 'works' && probeProves(result, name))
    return {
      name,
      reason: listed.get(name)?.reason ?? 'named by a reply',
      isOptional: listed.get(name)?.isOptional ?? true,
      state:
        off.length > 0
          ? 'missing'
          : isProved
            ? 'held'
            : refused.length > 0
              ? 'missing'
              : isProbed
                ? 'held'
                : 'unknown',
      off,
      probes: isProved ? [] : refused.map(({ probe }) => probe),
    }
  })
  return rows.toSorted((a, b) => Number(b.state === 'missing') - Number(a.state === 'missing'))
}

const isRefused = ({ failure }: SourceStatus) => failure?.kind === 'forbidden'

const lacks = (refusal: { permission: string | null } | null, name: string) =>
  split(refusal?.permission ?? null).includes(name)

/** A reply may name several, of which any one would do. */
const split = (permission: string | null) => permission?.split(', ') ?? []

const provesOf = (needs: Known['needs'], { id }: SourceStatus, name: string) =>
  isOnly(needs.get(id) ?? [], name)

const probeProves = ({ probe }: ProbeResult, name: string) =>
  isOnly(PROBES.find(({ id }) => id === probe)?.permissions ?? [], name)

const isOnly = (permissions: readonly string[], name: string) =>
  permissions.length === 1 && permissions[0] === name
