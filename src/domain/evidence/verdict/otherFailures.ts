import type { ErrorClass } from '../../errors/errorEvent.ts'
import { formatCount } from '../../format.ts'
import type { FailureProfile } from '../evidence.ts'

type OtherClass = Exclude<ErrorClass, 'capacity'>

/** What failures other than refusals are called, and where to look for their cause. */
const CLASSES: Readonly<Record<OtherClass, { name: string; advice: string; are: string }>> = {
  auth: {
    name: 'authentication errors (401, 403)',
    advice: 'Look at sign-in and token lifetime',
    are: 'authentication errors',
  },
  rate: {
    name: 'rate limit errors (429)',
    advice: 'Send fewer API requests, and back off for as long as the replies ask',
    are: 'rate limit errors',
  },
  server: {
    name: 'server errors (5xx other than 503)',
    advice: 'Look at the server and its status page',
    are: 'server errors',
  },
  network: {
    name: 'network errors',
    advice: 'Look at the network between clients and the organisation',
    are: 'network errors',
  },
  socket: {
    name: 'connections closed abnormally',
    advice: 'Look at what closes connections (proxies, idle time-outs, the clients themselves)',
    are: 'connections closed abnormally',
  },
  other: {
    name: 'other failures',
    advice: 'Look at the failures themselves',
    are: 'failures of another kind',
  },
}

/** Failures other than capacity errors, most first; classes without any are left out. */
function othersOf({ classes }: FailureProfile) {
  return (Object.keys(CLASSES) as OtherClass[])
    .map((name) => ({ ...CLASSES[name], class: name, count: classes[name] }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count)
}

/** How many failures were not capacity errors. */
export const countOfOthers = (profile: FailureProfile) =>
  othersOf(profile).reduce((sum, { count }) => sum + count, 0)

/**
 * `None of 215 failures is a refusal: 210 authentication errors (401, 403), 5 network errors.` Null
 * where nothing else failed.
 */
export function othersSentence(profile: FailureProfile): string | null {
  const others = othersOf(profile)
  if (others.length === 0) return null
  const all = countOfOthers(profile)
  const kinds = others
    .slice(0, 2)
    .map(({ name, count }) => `${formatCount(count)} ${count === 1 ? singular(name) : name}`)
  const subject =
    all === 1
      ? 'The only failure is no refusal'
      : `None of ${formatCount(all)} failures is a refusal`
  return `${subject}: ${kinds.join(', ')}${others.length > 2 ? ' and others' : ''}.`
}

/** `server error (5xx other than 503)`, `connection closed abnormally`. */
const singular = (name: string) => name.replace(/(error|failure|connection)s\b/, '$1')

/** Where to look for the commonest class other than capacity; null where nothing else failed. */
export function othersAdvice(profile: FailureProfile): string | null {
  const [most] = othersOf(profile)
  if (!most) return null
  const { commonest } = profile
  const isTold = commonest?.class === most.class && commonest.count > 1
  const where = isTold
    ? [commonest.route && `at ${commonest.route}`, commonest.app && `from ${commonest.app}`]
        .filter(Boolean)
        .join(' ')
    : ''
  const share = where ? `, ${formatCount(commonest!.count)} of them ${where}` : ''
  return `${most.advice}: ${formatCount(most.count)} ${most.are}${share}.`
}
