import { callMetricsProbe } from './callMetricsProbe.ts'
import { eventsProbe } from './eventsProbe.ts'
import { granularityProbe } from './granularityProbe.ts'
import { limitDocsProbe } from './limitDocsProbe.ts'
import { namespacesProbe } from './namespacesProbe.ts'
import { onlineProbe } from './onlineProbe.ts'
import { phonesProbe } from './phonesProbe.ts'
import type { Probe } from './probe.ts'
import { refreshTokenProbe } from './refreshTokenProbe.ts'
import { topicsProbe } from './topicsProbe.ts'
import { trunkMaximumProbe } from './trunkMaximumProbe.ts'

/** The probes that only read, by their number (facts §13): about 18 requests in all. */
export const PROBES: readonly Probe[] = [
  limitDocsProbe,
  namespacesProbe,
  callMetricsProbe,
  onlineProbe,
  granularityProbe,
  eventsProbe,
  topicsProbe,
  refreshTokenProbe,
  phonesProbe,
  trunkMaximumProbe,
]

/** A probe that changes something: for people, who can answer for it. */
export type HandProbe = {
  id: string
  title: string
  decides: string
  steps: readonly string[]
  /** Why Tidemark does not do it. */
  whyNot: string
}

/** P5, P9 and P12 (facts §13). */
export const HAND_PROBES: readonly HandProbe[] = [
  {
    id: 'P5',
    title: 'Length of the channel list',
    decides: 'what the list of channels counts, and whether ids of other tokens are hidden',
    steps: [
      'Sign in twice as the same user with the same OAuth client, e.g. in two browser profiles.',
      'With each token: POST /api/v2/notifications/channels, once.',
      'With one of them: GET /api/v2/notifications/channels?includechannels=token, then with oauthclient. Compare the lengths and look for hidden ids.',
      'The channels end by themselves after 24 h.',
    ],
    whyNot:
      'It would open channels. A user and application have 20, and one more takes the place of another: a client of yours would be cut off.',
  },
  {
    id: 'P9',
    title: 'Headers of a 429',
    decides:
      'which headers a page may read, and whether the body names the limit (ErrorBody.limit)',
    steps: [
      'Take a test organisation, and a token that nothing else uses.',
      'In the browser’s console, repeat a cheap request (GET /api/v2/tokens/me) until it is answered 429.',
      'Write down which headers of Retry-After, ININ-Correlation-Id and inin-ratelimit-… response.headers shows, and whether the body has a “limit”.',
    ],
    whyNot:
      'It would use up the allowance of the token for a minute, and what else uses that token would be refused.',
  },
  {
    id: 'P12',
    title: 'Calls outside queues',
    decides: 'which counts contain calls that meet no queue',
    steps: [
      'Choose a quiet hour and note calls, conversations and trunk calls on Live.',
      'Place one call that stays in an IVR, without a queue, for two minutes.',
      'See which of the three rose by one, and set a note on Live.',
    ],
    whyNot: 'It would place a call, which costs money and reaches somebody.',
  },
]
