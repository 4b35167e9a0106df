export type Measured = Readonly<Record<string, number>>

/** One number that must not be more than `most` or less than `least`, whichever is there. */
export type Goal = {
  words: string
  value: number
  unit: string
  most?: number
  least?: number
}

/** What a bench found: numbers by name (a library, a size, an hour), and what they come to. */
export type Findings = {
  title: string
  command: string
  rows: Readonly<Record<string, Measured>>
  goals: readonly Goal[]
}

/** The last time each bench was recorded, in the order of the table. */
export type BenchRecord = Record<string, Findings & { date: string; machine: string }>

export const isMet = ({ value, most, least }: Goal) =>
  (most === undefined || value <= most) && (least === undefined || value >= least)

export const goalWords = ({ most, least, unit }: Goal) =>
  most === undefined ? `≥ ${least} ${unit}` : `≤ ${most} ${unit}`

/** As many digits as tell it from its goal. */
export const numberWords = (value: number) => {
  const size = Math.abs(value)
  return value.toFixed(size >= 100 || size === 0 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3)
}
