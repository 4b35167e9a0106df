import type { ChangeReason } from '#domain/limits/audit/auditDifference.ts'
import { dayAndClock } from '#domain/timeline/dayAndClock.ts'

/** Why a limit is another one now, in a few words. */
export function changeReasonWords(reason: ChangeReason, zone: string): string {
  switch (reason.kind) {
    case 'request':
      return reason.request.completedAt === null
        ? 'change request'
        : `change request, carried out ${dayAndClock(reason.request.completedAt, zone)}`
    case 'default':
      return 'the platform’s default moved with it'
    case 'manual':
      return `typed by ${reason.limit.author}, ${dayAndClock(reason.limit.setAt, zone)}`
    default:
      return 'unexplained: no request leads to it'
  }
}
