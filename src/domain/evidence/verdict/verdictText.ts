import { formatCount, formatDuration, THIN_SPACE } from '../../format.ts'
import type { EvidenceReport } from '../evidence.ts'
import { P_NEEDED } from './decision.ts'

/**
 * `p = 0.002`, `p = 0.61`, `p < 0.001`. Two digits that count; a p above 0.05 is never written as
 * 0.05, which would say the opposite.
 */
export function pText(p: number): string {
  if (p < 0.001) return 'p < 0.001'
  const decimals = p < 0.1 ? 3 : 2
  let text = p.toFixed(decimals)
  for (let more = decimals + 1; p > P_NEEDED && Number(text) <= P_NEEDED && more < 12; more++) {
    text = p.toFixed(more)
  }
  // 0.050 says no more than 0.05 does; a trailing zero elsewhere is dropped as well.
  return `p = ${text.replace(/0+$/, '').replace(/\.$/, '')}`
}

/** A share (0–1) in percent: `96 %`, `0.5 %`, `0 %`. Rounded neither up to 100 nor down to 0. */
export function shareText(share: number): string {
  const percent = share * 100
  if (percent > 0 && percent < 0.1) return `< 0.1${THIN_SPACE}%`
  if (percent > 0 && percent < 0.95) return `${percent.toFixed(1)}${THIN_SPACE}%`
  const whole = share < 1 ? Math.min(99, Math.round(percent)) : 100
  return `${formatCount(whole)}${THIN_SPACE}%`
}

/** Bins as a length of time, in milliseconds below a second. */
export function binsText(bins: number, binMs: number): string {
  const lengthMs = bins * binMs
  return lengthMs > 0 && lengthMs < 1_000
    ? `${formatCount(lengthMs)}${THIN_SPACE}ms`
    : formatDuration(lengthMs)
}

/** A level of the metric: whole, or with a decimal where it has one. */
export const levelText = (value: number) =>
  Number.isInteger(value) ? formatCount(value) : formatCount(Math.trunc(value)) + decimal(value)

const decimal = (value: number) =>
  Math.abs(value % 1)
    .toFixed(1)
    .slice(1)

/** What a capacity error is called beside this metric: `312 refused connections`, `1 refusal`. */
export function refusalsText(count: number, subject: EvidenceReport['subject']): string {
  const noun = /connection/i.test(subject?.title ?? '') ? 'refused connection' : 'refusal'
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}
