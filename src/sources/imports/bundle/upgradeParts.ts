import { BUNDLE_VERSION } from '../../exports/bundle/bundleFormat.ts'
import { ImportError } from '../importError.ts'

/** What the parts of a bundle hold, as parsed and not yet vouched for. */
export type ParsedParts = ReadonlyMap<string, unknown>

/** Turns the parts of one version into those of the next. Never edited later; each has a fixture. */
export type PartsUpgrader = (old: ParsedParts) => ParsedParts

/** By the version they start from. Version 1 is the first. */
const UPGRADERS: Readonly<Record<number, PartsUpgrader>> = {}

/**
 * Parts brought to the version that is read here, through every upgrader between. Throws ImportError
 * where there is no way.
 */
export function upgradeParts(parts: ParsedParts, version: number, name: string): ParsedParts {
  let upgraded = parts
  for (let from = version; from !== BUNDLE_VERSION; from += 1) {
    const upgrade = from < BUNDLE_VERSION ? UPGRADERS[from] : undefined
    if (!upgrade)
      throw new ImportError(
        'otherFormat',
        `${name} is a Tidemark bundle of version ${version}, and this Tidemark reads up to version ${BUNDLE_VERSION}: a newer one reads it, and a browser shows it by itself`,
      )
    upgraded = upgrade(upgraded)
  }
  return upgraded
}
