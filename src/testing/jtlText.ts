/** The columns of the JTLs that tests write by hand. */
export const JTL_HEADER =
  'timeStamp,elapsed,label,responseCode,responseMessage,threadName,success,allThreads'

/** When the runs of `jtlLine` begin. */
export const JTL_START_MS = Date.UTC(2026, 8, 17, 13)

type Sample = { elapsed: number; label: string; thread: string; message: string }

/** One sample, `atS` seconds into the run; a success where the status is 200. */
export function jtlLine(
  atS: number,
  code: number | string,
  threads: number,
  parts: Partial<Sample> = {},
): string {
  const { elapsed = 100, label = 'GET /work', thread = 'Agents 1-1', message = '' } = parts
  const startMs = JTL_START_MS + atS * 1000
  return [startMs, elapsed, label, code, message, thread, code === 200, threads].join(',')
}

/** A whole file of these lines. */
export const jtlText = (...lines: string[]) => [JTL_HEADER, ...lines, ''].join('\n')
