import type * as z from 'zod/mini'
import type { Incident } from '#domain/incident/incident.ts'
import {
  FIXED_PARTS,
  MANIFEST_PART,
  OTHER_SCRIPTS,
  partsInOrder,
  VIEWER_PART,
} from '../../exports/bundle/bundleFormat.ts'
import { type Manifest, manifestText } from '../../exports/bundle/manifest.ts'
import { sha256Of } from '../../exports/bundle/sha256.ts'
import { parseShape } from '../../shape.ts'
import { ImportError } from '../importError.ts'
import { placeInJson } from '../wholeJson.ts'
import { manifestShape } from './bundleShape.ts'
import { incidentOf } from './incidentOf.ts'
import { partTitle } from './partTitle.ts'
import { type FoundPart, hasOtherScripts, partsIn, withoutTwins } from './partsIn.ts'
import { RowError } from './rowsOf.ts'
import { upgradeParts } from './upgradeParts.ts'

/** Whether a part is as it was written. */
export type PartCheck = {
  /** As it is called in the file: `series-2`. */
  part: string
  /** As people call it: `series WebSocket connections`. */
  title: string
  isIntact: boolean
}

/** A bundle that was read. Plain data that survives `structuredClone`. */
export type Bundle = {
  incident: Incident
  /** What was worked out when it was written, as `reportText` writes it. */
  storedReport: string
  /** SHA-256 of its manifest, and by that of all its parts. */
  fingerprint: string
  checks: readonly PartCheck[]
  isIntact: boolean
}

const SERIES = /^series-\d+$/
const numberIn = (part: string) => Number(part.split('-')[1])

/**
 * Reads a bundle's text. Changes are told in `checks`; damage that leaves nothing to read throws
 * ImportError, with what is wrong and where. Nothing in it is run.
 */
export function readBundle(text: string, name: string): Bundle {
  const parts = partsIn(text, name)
  const bundle = bundleOf(parts, name)
  if (!hasOtherScripts(text, parts)) return bundle
  const title = partTitle(OTHER_SCRIPTS, bundle.incident)
  return {
    ...bundle,
    checks: [...bundle.checks, { part: OTHER_SCRIPTS, title, isIntact: false }],
    isIntact: false,
  }
}

/** The same from parts that were found already: a page knows its own. */
export function bundleOf(given: readonly FoundPart[], name: string): Bundle {
  const found = new Map(withoutTwins(given, name).map((one) => [one.part, one]))
  const manifest = manifestIn(found, name)
  const listed = new Map(manifest.parts)
  const data = [...listed.keys()].filter((part) => part !== VIEWER_PART)
  for (const part of [...FIXED_PARTS, ...data]) if (!found.has(part)) throw missing(part, name)
  const parsed = upgradeParts(
    new Map(data.map((part) => [part, parsedPart(found.get(part)!, name)])),
    manifest.version,
    name,
  )
  const incident = vouchedFor(parsed, found, name)
  const checks = checksOf(manifest, found).map(({ part, isIntact }) => ({
    part,
    title: partTitle(part, incident),
    isIntact,
  }))
  return {
    incident,
    storedReport: found.get('report')!.text.trim(),
    fingerprint: sha256Of(found.get(MANIFEST_PART)!.text),
    checks,
    isIntact: checks.every(({ isIntact }) => isIntact),
  }
}

function manifestIn(found: ReadonlyMap<string, FoundPart>, name: string): Manifest {
  const part = found.get(MANIFEST_PART)
  if (!part) throw missing(MANIFEST_PART, name)
  const read = parseShape(manifestShape, parsedPart(part, name))
  if (!read.ok) throw unreadable(part, name, read.problem)
  return read.value
}

const missing = (part: string, name: string) =>
  new ImportError('unreadable', `${name} is cut off or was changed: its part "${part}" is missing`)

const unreadable = ({ part, line }: FoundPart, name: string, why: string, cause?: unknown) =>
  new ImportError('unreadable', `${name}${lineWords(line)}: its part "${part}": ${why}`, { cause })

const lineWords = (line: number | null) => (line === null ? '' : `, line ${line}`)

function parsedPart(found: FoundPart, name: string): unknown {
  try {
    return JSON.parse(found.text)
  } catch (cause) {
    const { line, reason } = placeInJson(cause, found.text)
    const at = found.line === null ? null : found.line + line - 1
    throw unreadable({ ...found, line: at }, name, reason, cause)
  }
}

function vouchedFor(
  parsed: ReadonlyMap<string, unknown>,
  found: ReadonlyMap<string, FoundPart>,
  name: string,
): Incident {
  const read = <T>(part: string, shape: z.ZodMiniType<T>): T => {
    const value = parseShape(shape, parsed.get(part))
    if (value.ok) return value.value
    throw unreadable(found.get(part)!, name, value.problem)
  }
  try {
    return incidentOf(
      read,
      [...parsed.keys()]
        .filter((part) => SERIES.test(part))
        .sort((a, b) => numberIn(a) - numberIn(b)),
    )
  } catch (error) {
    if (!(error instanceof RowError)) throw error
    throw new ImportError('unreadable', `${name}: ${error.message}`, { cause: error })
  }
}

/**
 * Each part against its hash, and the manifest against the only text it may have: each part once, in
 * their order. A part that nobody listed was put in later.
 */
function checksOf(manifest: Manifest, found: ReadonlyMap<string, FoundPart>) {
  const listed = new Map(manifest.parts)
  const unlisted = [...found.keys()].filter((part) => part !== MANIFEST_PART && !listed.has(part))
  return [
    { part: MANIFEST_PART, isIntact: isAsWritten(manifest, found.get(MANIFEST_PART)!.text) },
    ...[...listed].map(([part, hash]) => {
      const text = found.get(part)?.text
      return { part, isIntact: text !== undefined && sha256Of(text) === hash }
    }),
    ...unlisted.map((part) => ({ part, isIntact: false })),
  ]
}

function isAsWritten(manifest: Manifest, text: string): boolean {
  const parts = manifest.parts.map(([part]) => part)
  const inOrder = partsInOrder(parts.filter((part) => SERIES.test(part)).length)
  return manifestText(manifest) === text && parts.join() === inOrder.join()
}
