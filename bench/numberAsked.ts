/** The number behind an option of the command line; undefined where it was not given. */
export function numberAsked(option: string): number | undefined {
  const at = process.argv.indexOf(option)
  if (at === -1) return undefined
  const value = Number(process.argv[at + 1])
  if (Number.isFinite(value) && value > 0) return value
  throw new Error(`${option} wants a number above 0`)
}
