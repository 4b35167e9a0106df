import { percentText } from '../evidence/parts/numberText.ts'
import { formatCount } from '../format.ts'
import type { WhatIf, WhatIfRefusal } from './whatIf.ts'

/** The answer, and how it was come by with what hangs on the model. */
export type WhatIfWords = { answer: string; method: string }

/** `inForce`: the limit of the window, null where unknown or it changed; `period`: `this day`. */
export function whatIfWords(found: WhatIf, inForce: number | null, period: string): WhatIfWords {
  const instead =
    inForce === null || inForce === found.limit ? '' : ` instead of ${formatCount(inForce)}`
  const lead = `With ${formatCount(found.limit)}${instead}, ${period}`
  switch (found.kind) {
    case 'recorded':
      return {
        answer: `${lead} lost ${ofAttempts(formatCount(found.lost), found.of)}.`,
        method: 'As it was recorded, under this limit; retries count each.',
      }
    case 'replay':
      return {
        answer: `${lead} would have lost ${ofAttempts(formatCount(found.lost), found.of)}, a client’s retries counted once.`,
        method: `Replay of what each client did; who is turned away is taken to stay away. ${HOLDS}`,
      }
    case 'bounds':
      return {
        answer: `${lead} would have lost ${boundsText(found)}.`,
        method: [
          'From counts alone, since clients are not told apart: at least, if each refusal was a retry of somebody who got in; at most, if each was somebody new, or if those turned away wait and keep it full.',
          found.watched < 0.995 ? `${percentText(found.watched)} of the time was watched.` : '',
          HOLDS,
        ]
          .filter((text) => text !== '')
          .join(' '),
      }
    case 'refused':
      return {
        answer: `What ${formatCount(found.limit)} would have meant cannot be said: ${REASONS[found.reason]}.`,
        method:
          found.atLeast === null
            ? ''
            : `At least ${formatCount(Math.floor(found.atLeast))} would have been lost.`,
      }
  }
}

const HOLDS =
  'Holds only if clients keep connections as long as they did, and keep none longer because coming back fails.'

const ofAttempts = (lost: string, of: number) =>
  `${lost} of ${formatCount(of)} ${Math.round(of) === 1 ? 'attempt' : 'attempts'}`

/** Fractions of attempts are rounded away from each other: bounds must not lose what they bound. */
function boundsText({ low, high, of }: Extract<WhatIf, { kind: 'bounds' }>): string {
  const [least, most] = [Math.floor(low), Math.ceil(high)]
  return least === most
    ? ofAttempts(formatCount(least), of)
    : ofAttempts(`between ${formatCount(least)} and ${formatCount(most)}`, of)
}

const REASONS: Readonly<Record<WhatIfRefusal, string>> = {
  'not-measured': 'use was not measured in this window',
  'other-attempts': 'attempts are counted of connections to the organisation, and of nothing else',
  'no-attempts': 'nobody counted attempts in this window',
  'few-sessions': 'fewer than 30 connections were seen to end, so nobody knows how long they last',
  'rejections-unseen':
    'the limit was reached but no refused attempt was seen, so demand above it is unknown',
  'no-limit':
    'the limit is unknown and no refused attempt was seen, so demand above it may be missing',
  'at-wall-too-long':
    'more than half of the window was at the limit, and clients are not told apart',
  gaps: 'less than half of the window was watched',
}
