import { ERROR_CLASSES, type ErrorClass } from '#domain/errors/errorEvent.ts'
import type { EpochMs } from '#domain/units.ts'
import type { ErrorLog } from './errorLog.ts'

/** Failures of each class in [from, to). O(log n). */
export const countsByClass = (errors: ErrorLog, from: EpochMs, to: EpochMs) =>
  Object.fromEntries(ERROR_CLASSES.map((name) => [name, errors.count(name, from, to)])) as Record<
    ErrorClass,
    number
  >
