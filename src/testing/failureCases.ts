import { expect, test } from 'vitest'
import { classify } from '#domain/errors/classify.ts'
import type { ErrorClass, ErrorPlace } from '#domain/errors/errorEvent.ts'
import type { Symptom } from '#domain/errors/symptom.ts'

/** Who wrote a failure so and where that is documented, what it says, what it means. */
export type FailureCase = [
  source: string,
  symptom: Symptom,
  errorClass: ErrorClass,
  place: ErrorPlace,
  status?: number,
]

/** A streaming socket, a call and the token endpoint, as they are addressed. */
export const STREAM = 'wss://streaming.mypurecloud.de/channels/streaming-1-x'
export const REST = 'GET /api/v2/stations'
export const TOKEN = 'POST https://login.mypurecloud.de/oauth/token'

/** One test per case: each failure gets this class, place and status. */
export function testFailures(cases: readonly FailureCase[]) {
  test.each(cases)('%s: %j is %s at %s', (_source, symptom, errorClass, place, status) => {
    expect(classify(symptom)).toEqual({ class: errorClass, place, status: status ?? null })
  })
}
