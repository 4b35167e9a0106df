/** The number in a cell: NaN for an empty cell, null for what is no number. */
export function cellNumber(text: string): number | null {
  if (text === '' || /^(nan|null|na|-)$/i.test(text)) return Number.NaN
  const value = Number(text)
  return Number.isFinite(value) ? value : null
}
