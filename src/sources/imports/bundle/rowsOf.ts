import { epochMs } from '#domain/units.ts'
import { FARTHEST_MS } from './bundleShape.ts'

/** What is wrong with a row; whoever reads the part says which part it is. */
export class RowError extends Error {
  override readonly name = 'RowError'
}

type Columns = { times: 'steps' | 'instants'; fromMs: number; rows: readonly unknown[] }

/** Rows that begin with their instant, one by one. Throws RowError for one that is none. */
export function rowsOf<Row>(
  { times, fromMs, rows }: Columns,
  read: (cells: readonly unknown[], at: ReturnType<typeof epochMs>, index: number) => Row,
): Row[] {
  let before = fromMs
  return rows.map((row, index) => {
    const refuse = (why: string) => new RowError(`row ${index + 1}: ${why}`)
    if (!Array.isArray(row)) throw refuse('it is no list')
    const [time] = row as readonly unknown[]
    const at = typeof time !== 'number' ? Number.NaN : times === 'steps' ? before + time : time
    if (!(Math.abs(at) <= FARTHEST_MS)) throw refuse('its time is no instant')
    before = at
    try {
      return read(row as readonly unknown[], epochMs(at), index)
    } catch (error) {
      if (error instanceof RowError) throw refuse(error.message)
      throw error
    }
  })
}

/** A cell that is a number from 0 on. */
export function countIn(cell: unknown, what: string): number {
  if (typeof cell === 'number' && cell >= 0 && cell < Infinity) return cell
  throw new RowError(`${what} is no number from 0 on`)
}

/** The entry of a list that a cell names by its place. */
export function entryIn<T>(list: readonly T[], cell: unknown, what: string): T {
  const entry = typeof cell === 'number' && Number.isInteger(cell) ? list[cell] : undefined
  if (entry !== undefined) return entry
  throw new RowError(`its ${what} is not in the list of them`)
}

/** A sample's value: NaN for a gap. */
export function valueIn(cell: unknown): number {
  if (cell === null) return Number.NaN
  if (cell === 'Infinity') return Infinity
  if (cell === '-Infinity') return -Infinity
  if (typeof cell === 'number' && Number.isFinite(cell)) return cell
  throw new RowError('its value is neither a number nor a gap (null)')
}
