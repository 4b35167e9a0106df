import { upgradeFrom1 } from './upgradeFrom1.ts'
import { upgradeFrom2 } from './upgradeFrom2.ts'
import { upgradeFrom3 } from './upgradeFrom3.ts'
import { upgradeFrom4 } from './upgradeFrom4.ts'

/** Turns settings of one version into the next. Never edited later; each has a fixture. */
export type Upgrader = (old: Record<string, unknown>) => Record<string, unknown>

/** By the version they start from. Version 1 is the first. */
export const UPGRADERS: Readonly<Record<number, Upgrader>> = {
  1: upgradeFrom1,
  2: upgradeFrom2,
  3: upgradeFrom3,
  4: upgradeFrom4,
}

/** Settings brought to the wanted version, not yet vouched for; or why that cannot be done. */
export type Upgraded = { ok: true; value: unknown } | { ok: false; problem: string }

/** Takes stored settings through every upgrader between their version and the wanted one. */
export function upgradeConfig(
  stored: unknown,
  wanted: number,
  upgraders: Readonly<Record<number, Upgrader>> = UPGRADERS,
): Upgraded {
  let value = recordOrNull(stored)
  const version = value?.['version']
  if (!value || typeof version !== 'number' || !Number.isInteger(version))
    return { ok: false, problem: 'they name no version' }
  if (version > wanted)
    return { ok: false, problem: `they are of version ${version}, made by a newer Tidemark` }
  for (let from = version; from < wanted; from += 1) {
    const upgrade = upgraders[from]
    if (!upgrade) return { ok: false, problem: `nothing upgrades version ${from}` }
    value = { ...upgrade(value), version: from + 1 }
  }
  return { ok: true, value }
}

const recordOrNull = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { ...(value as Record<string, unknown>) }
    : null
