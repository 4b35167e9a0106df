import { type DurationMs, durationMs } from '#domain/units.ts'

const UNITS = [
  { letter: 'd', ms: 86_400_000 },
  { letter: 'h', ms: 3_600_000 },
  { letter: 'm', ms: 60_000 },
  { letter: 's', ms: 1_000 },
] as const

/** A length of time as links write it, in its largest whole unit: `90s`, `15m`, `3h`, `2d`. */
export function durationText(length: DurationMs): string {
  const { letter, ms } = UNITS.find((unit) => length % unit.ms === 0) ?? UNITS[3]
  return `${Math.round(length / ms)}${letter}`
}

/** Reads `15m`; null where the text is no length of time. */
export function durationOfText(text: string): DurationMs | null {
  const match = /^(\d{1,9})([dhms])$/.exec(text)
  const unit = UNITS.find(({ letter }) => letter === match?.[2])
  return match && unit ? durationMs(Number(match[1]) * unit.ms) : null
}
