/**
 * How well a single capacity error is explained (facts §11.4). A: named by the server. B: a limit
 * is near by the organisation's own rate-limit record. C: coincides with a series near its limit.
 * D: unexplained.
 */
export const GRADES = ['A', 'B', 'C', 'D'] as const
export type Grade = (typeof GRADES)[number]

/** Each grade in words, as tables and the drawer write it. */
export const GRADE_WORDS: Readonly<Record<Grade, string>> = {
  A: 'named by server',
  B: 'limit near',
  C: 'coincides',
  D: 'unexplained',
}
