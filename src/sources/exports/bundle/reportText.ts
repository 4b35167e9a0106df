import type { EvidenceReport } from '#domain/evidence/evidence.ts'
import { jsonText } from './partText.ts'

/** Engines may differ by the last bits of a logarithm: this many digits are the same everywhere. */
const DIGITS = 12
/** From here on 12 digits would be coarser than a thousandth: instants. */
const LARGE = 1e9

/**
 * A report as text that is the same wherever it is worked out again: maps as lists of entries, columns
 * as lists, numbers to 12 digits (instants to a microsecond), no number as its name. Its keys come in
 * the order in which the evidence makes them.
 */
export const reportText = (report: EvidenceReport): string => jsonText(plain(report), 1)

function plain(value: unknown): unknown {
  if (typeof value === 'number') return plainNumber(value)
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Map) return Array.from(value, plain)
  if (value instanceof Set) return Array.from(value, plain)
  if (Array.isArray(value)) return value.map(plain)
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>, plain)
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]))
}

function plainNumber(value: number): number | string {
  if (!Number.isFinite(value)) return String(value)
  if (Number.isSafeInteger(value)) return value
  return Number(Math.abs(value) < LARGE ? value.toPrecision(DIGITS) : value.toFixed(3))
}
