/** One line of a Gatling log, as far as it is used. */
export type GatlingRecord =
  | { kind: 'run'; version: string | null }
  | { kind: 'user'; isStart: boolean; atMs: number }
  | {
      kind: 'request'
      /** The scenario's user where the version writes one. */
      user: string | null
      name: string
      startMs: number
      endMs: number
      isOk: boolean
      message: string
      /** The status that the message names, else `OK` or `KO`. */
      code: string
    }
  /** Groups, assertions and errors of the test itself. */
  | { kind: 'other' }

const INSTANT = /^\d{12,14}$/

/**
 * Reads one line; a text is the reason why it is none. Fields are found by what they hold, because
 * their number changed: 2.x names scenario and user before the groups of a request, 3.0 to 3.3 the user
 * alone, later ones neither; 2.0 and 2.1 have four instants, later ones two.
 *
 *     REQUEST [[scenario] user] groups name start end OK|KO message
 *     USER    scenario [user] START|END start end
 */
export function gatlingRecord(line: string): GatlingRecord | string {
  const fields = line.split('\t')
  switch (fields[0]) {
    case 'RUN':
      return { kind: 'run', version: versionIn(fields) }
    case 'USER':
      return userOf(fields)
    case 'REQUEST':
      return requestOf(fields)
    case 'GROUP':
    case 'ASSERTION':
    case 'ERROR':
      return { kind: 'other' }
    default:
      return 'expected RUN, USER, REQUEST, GROUP, ASSERTION or ERROR at the beginning of the line'
  }
}

const versionIn = (fields: readonly string[]) =>
  fields.findLast((field) => /^\d+\.\d+(\.\d+)?\S*$/.test(field.trim()))?.trim() ?? null

function userOf(fields: readonly string[]): GatlingRecord | string {
  const at = fields.findLastIndex((field) => field === 'START' || field === 'END')
  if (at < 0) return 'a USER line without START or END'
  const instants = fields.slice(at + 1).filter((field) => INSTANT.test(field.trim()))
  const isStart = fields[at] === 'START'
  const stamp = isStart ? instants[0] : instants.at(-1)
  if (stamp === undefined) return 'the time cannot be read'
  return { kind: 'user', isStart, atMs: Number(stamp) }
}

function requestOf(fields: readonly string[]): GatlingRecord | string {
  // A message may hold tabs and the words OK or KO: the first one after two instants counts.
  const outcome = fields.findIndex(
    (field, i) =>
      (field === 'OK' || field === 'KO') && isInstant(fields[i - 1]) && isInstant(fields[i - 2]),
  )
  if (outcome < 0) return 'a REQUEST line without start, end and OK or KO'
  let first = outcome
  while (isInstant(fields[first - 1])) first -= 1
  const nameAt = first - 1
  if (nameAt < 1) return 'a REQUEST line without a name'
  const startMs = Number(fields[first])
  const endMs = Math.max(startMs, ...fields.slice(first, outcome).map(Number))
  const isOk = fields[outcome] === 'OK'
  const message = fields
    .slice(outcome + 1)
    .join(' ')
    .trim()
  return {
    kind: 'request',
    // scenario, user, groups, name; user, groups, name; groups, name.
    user: nameAt >= 4 ? `${fields[1]} ${fields[2]}` : nameAt === 3 ? fields[1]! : null,
    name: fields[nameAt]!.trim(),
    startMs,
    endMs,
    isOk,
    message,
    code: isOk ? 'OK' : (statusIn(message) ?? 'KO'),
  }
}

const isInstant = (field: string | undefined) => field !== undefined && INSTANT.test(field.trim())

/** `status.find.in(200,201), but actually found 503`, `status.find.is(200), found 503`. */
const statusIn = (message: string) =>
  /status\S*.*?\bfound:? ?\[?(\d{3})\b/.exec(message)?.[1] ?? null
