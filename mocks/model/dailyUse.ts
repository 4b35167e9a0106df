import { noiseAt, STREAM } from './noise.ts'
import type { World } from './world.ts'

export const DAY_MS = 86_400_000

/** Requests of one UTC day to one operation, by status. `status429` is a part of `status400`. */
export type DailyUse = {
  httpMethod: 'GET' | 'POST'
  templateUri: string
  status200: number
  status400: number
  status429: number
  status500: number
}

/** What integrations of an ordinary organisation ask for, and about how often a day. */
const OPERATIONS = [
  { httpMethod: 'GET', templateUri: '/api/v2/users/{userId}', perDay: 52_000 },
  { httpMethod: 'GET', templateUri: '/api/v2/conversations/{conversationId}', perDay: 38_000 },
  { httpMethod: 'POST', templateUri: '/api/v2/notifications/channels', perDay: 4_100 },
  {
    httpMethod: 'POST',
    templateUri: '/api/v2/analytics/conversations/activity/query',
    perDay: 9_600,
  },
] as const

/** Shares of the requests that fail, on a crowded and on an ordinary day. */
const RATE_LIMITED = { crowded: 0.018, ordinary: 0.0004 }
const OTHER_REFUSALS = 0.006
const SERVER_ERRORS = 0.0009

/** The use of one UTC day (days since 1970), weekends at a third. Pure in seed and day. */
export function dailyUse({ scenario, seed }: World, day: number): DailyUse[] {
  const isWeekend = (day + 4) % 7 === 0 || (day + 4) % 7 === 6
  const limited = scenario.apiCrowded ? RATE_LIMITED.crowded : RATE_LIMITED.ordinary
  return OPERATIONS.map(({ httpMethod, templateUri, perDay }, index) => {
    const swing = 0.85 + 0.3 * noiseAt(seed + index, day, STREAM.api)
    const requests = Math.round(perDay * swing * (isWeekend ? 1 / 3 : 1))
    const status429 = Math.round(requests * limited * swing)
    const status400 = status429 + Math.round(requests * OTHER_REFUSALS)
    const status500 = Math.round(requests * SERVER_ERRORS * swing)
    const status200 = requests - status400 - status500
    return { httpMethod, templateUri, status200, status400, status429, status500 }
  })
}
