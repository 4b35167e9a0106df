import type { ErrorPlace, NamedLimit } from './errorEvent.ts'
import { GRADE_WORDS } from './grade.ts'
import type { GradeReason } from './grades.ts'
import { formatClock, formatCount, formatPercent } from '../format.ts'

/** Where an error happened, as the table says it in a word; null: nobody said. */
export const PLACE_WORDS: Readonly<Record<ErrorPlace, string | null>> = {
  token: 'token endpoint',
  rest: 'REST',
  upgrade: 'upgrade',
  close: 'close',
  unknown: null,
}

/** The same in full. */
export const PLACE_SENTENCES: Readonly<Record<ErrorPlace, string>> = {
  token: 'token endpoint',
  rest: 'REST request',
  upgrade: 'WebSocket upgrade, before it was open',
  close: 'WebSocket close, after it had been open',
  unknown: 'not known',
}

/** `notifications · channels · 20`: the parts of a limit that a server named. */
export const limitWords = ({ namespace, key, value }: NamedLimit) =>
  [namespace, key, value === null ? null : formatCount(value)]
    .filter((part) => part !== null)
    .join(' · ')

/** `C coincides: WebSocket connections stood at 98 % of its limit within a minute of it.` */
export const gradeSentence = (reason: GradeReason, zone: string) =>
  `${reason.grade} ${GRADE_WORDS[reason.grade]}: ${restsOn(reason, zone)}`

function restsOn(reason: GradeReason, zone: string): string {
  switch (reason.because) {
    case 'limitNamed':
      return `the reply names the limit ${limitWords(reason.limit)}.`
    case 'rateCode':
      return `the code of the reply, ${reason.code}, is that of a rate limit.`
    case 'limitEvent':
      return `the organisation recorded “${reason.label}” at ${formatClock(reason.at, zone)}.`
    case 'limitNear': {
      const ratio = formatPercent(reason.ratio)
      return reason.grade === 'B'
        ? `the organisation recorded ${reason.title} at ${ratio} of its limit within a minute of it.`
        : `${reason.title} stood at ${ratio} of its limit within a minute of it.`
    }
    case 'nothing':
      return 'within a minute of it no limit was named, recorded or nearly reached.'
  }
}
