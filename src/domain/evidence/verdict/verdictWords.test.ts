import { expect, test } from 'vitest'
import { someEvidence, someVerdict } from '#testing/someEvidence.ts'
import { THIN_SPACE } from '../../format.ts'
import { durationMs } from '../../units.ts'
import type { EvidenceReport } from '../evidence.ts'
import type { Verdict } from './verdict.ts'
import { shareText } from './verdictText.ts'
import { pText } from './verdictText.ts'
import { verdictWords } from './verdictWords.ts'

/**
 * The words of a report in which nothing but the verdict speaks; narrow spaces as plain ones, to be
 * read.
 */
function wordsOf(known: Partial<Verdict>, more: Partial<EvidenceReport> = {}) {
  const nothing = {
    leak: null,
    storm: null,
    raise: null,
    enough: null,
    which: null,
    notReleased: null,
  }
  const quiet = { ...someEvidence().profile, commonest: null }
  const profile = {
    ...quiet,
    classes: { ...quiet.classes, socket: 0, rate: 0, auth: 0, server: 0, network: 0 },
  }
  const report = someEvidence({ ...nothing, profile, verdict: someVerdict(known), ...more })
  const words = verdictWords(report, 'Europe/Berlin')
  const plain = (text: string) => text.replaceAll(THIN_SPACE, ' ')
  return {
    word: words.word,
    sentence: plain(words.sentence),
    against: plain(words.against),
    next: plain(words.next),
  }
}

test('capacity-bound says how many, how sure and how much was covered', () => {
  const { word, sentence, against, next } = wordsOf({ crossings: 3 })
  expect(word).toBe('Capacity-bound')
  expect(sentence).toBe(
    '96 % of 312 refused connections happened at the limit; p = 0.002 by shift test, 97 % of the window covered.',
  )
  expect(against).toBe(
    'Against it: 12 were refused below the limit, 4 min 20 s at the limit passed without refusals, and 3 % of the window is not covered.',
  )
  expect(next).toMatch(/^Raise the limit of 1 500, or hold fewer connections at once/)
})

test('one crossing is called one crossing, with the lag "about" and the band below', () => {
  const lagMs = { value: 1_000, low: -1_000, high: 2_000 }
  const { sentence, against } = wordsOf({
    crossings: 1,
    lagMs,
    isLagRough: true,
    pNear: 0,
    binsNear: 4,
  })
  expect(sentence).toContain(
    'on one crossing (p = 0.002 by shift test, refusals within about 2 s of reaching it, 0 % failed from 80 % to the limit',
  )
  expect(sentence).toContain('A second ramp would settle it.')
  expect(against).toContain(
    'Only 40 s was spent from 80 % to the limit: an overload that begins there would look the same. So would an outage whose reconnects filled the limit at once.',
  )
})

test('partly says where the rest came, and "or more" where samples are coarse', () => {
  const attributable = { value: 0.38, low: 0.2, high: 0.5 }
  const fine = wordsOf({ word: 'partly', reason: 'part-follows', attributable })
  expect(fine.word).toBe('Partly')
  expect(fine.sentence).toContain(
    '38 % of 312 refused connections are explained by the limit; p = 0.002',
  )
  expect(fine.sentence).toContain('Most of the rest came at 60 to 80 % used.')
  const coarse = wordsOf({
    word: 'partly',
    reason: 'part-follows',
    attributable,
    binMs: durationMs(60_000),
  })
  expect(coarse.word).toBe('Partly or more')
  expect(coarse.sentence).toContain('38 % or more of 312')
})

const REASONS: readonly (readonly [
  Verdict['word'],
  Verdict['reason'],
  Partial<Verdict>,
  RegExp,
  RegExp,
])[] = [
  [
    'cannot-tell',
    'no-samples',
    { bins: 0 },
    /^There are no samples of this window, in which there were 312/,
    /in which something was measured/,
  ],
  [
    'cannot-tell',
    'no-limit',
    { bins: 0 },
    /^No limit is known that 312 refused connections/,
    /^Enter the limit/,
  ],
  [
    'capacity-bound',
    'named-by-server',
    {},
    /^The server itself named a limit in 41 of 312 refused connections; p = 0.002/,
    /^Raise/,
  ],
  ['not-capacity-bound', 'no-errors', { errors: 0 }, /^Nothing was refused/, /^Nothing to do/],
  [
    'cannot-tell',
    'coverage',
    { coverage: 0.71 },
    /^Only 71 % of the window is covered; 80 % is needed\.$/,
    /^Choose another window/,
  ],
  [
    'cannot-tell',
    'coverage',
    { coverage: 0.9, errorsUncovered: 100 },
    /^100 of 312 .* came while nothing was measured/,
    /^Choose another window/,
  ],
  [
    'cannot-tell',
    'too-few-errors',
    { errors: 3 },
    /^Only 3 refused connections in this window; 5 are needed/,
    /longer window/,
  ],
  [
    'not-capacity-bound',
    'never-at-limit',
    { peak: 87, limit: 100 },
    /^The limit was never reached: the peak was 87 of 100/,
    /^Look elsewhere/,
  ],
  [
    'cannot-tell',
    'may-have-crossed',
    { peak: 90, limit: 100 },
    /between two samples/,
    /^Sample more often than every 10 s/,
  ],
  [
    'cannot-tell',
    'not-the-wall',
    {},
    /this limit is not the wall.* at the limit for 19 min 30 s/,
    /^Check the number of the limit \(1 500\)/,
  ],
  [
    'cannot-tell',
    'nothing-to-compare',
    { bins: 12, binsAtLimit: 4 },
    /^Only 12 bins of 10 s with attempts, 40 s at the limit and 1 min 20 s below it; 40 are needed/,
    /at least 6 min 40 s/,
  ],
  [
    'cannot-tell',
    'nothing-to-compare',
    { bins: 120, binsAtLimit: 1 },
    /^Too little time at the limit to compare: 10 s/,
    /longer window/,
  ],
  [
    'cannot-tell',
    'nothing-to-compare',
    { bins: 120, binsAtLimit: 117 },
    /^Too little time below the limit/,
    /longer window/,
  ],
  [
    'cannot-tell',
    'later-than-searched',
    { laterByMs: durationMs(125_000) },
    /only after 2 min 5 s, later than/,
    /between the limit and the refusals/,
  ],
  [
    'cannot-tell',
    'shorter-than-sampling',
    {},
    /little more than one sample of 10 s/,
    /^Sample more often/,
  ],
  [
    'cannot-tell',
    'errors-first',
    {},
    /^The refusals began before the limit was reached/,
    /before the limit was reached/,
  ],
  [
    'not-capacity-bound',
    'elsewhere',
    { errorsAtLimit: 3, p: 0.61 },
    /^3 of 312 refused connections happened at the limit.*p = 0.61/,
    /^Look elsewhere/,
  ],
  [
    'not-capacity-bound',
    'elsewhere',
    { pNear: 0.8 },
    /^Refusals are as frequent from 80 % of the limit on \(80 %\) as at it \(78 %\)/,
    /^Look elsewhere/,
  ],
  [
    'not-capacity-bound',
    'would-have-shown',
    { errorsAtLimit: 3, p: 0.61 },
    /p = 0.61, and the test could have found it\.$/,
    /^Look elsewhere/,
  ],
  [
    'cannot-tell',
    'too-few-crossings',
    { crossings: 1, p: 0.13, detectable: 1 },
    /reached once for 19 min 30 s; p = 0.13 by shift test, which chance does as well\. This window could show nothing less than all/,
    /^Run two or three ramps/,
  ],
  ['cannot-tell', 'unsettled', {}, /^The last three looks do not agree yet/, /^Wait/],
]

test.each(REASONS)(
  '%s because of %s has a sentence and a step of its own',
  (word, reason, known, sentence, next) => {
    const words = wordsOf({ word, reason, ...known })
    expect(words.sentence).toMatch(sentence)
    expect(words.next).toMatch(next)
    expect(words.against).not.toBe('')
    for (const text of Object.values(words)) expect(text).not.toMatch(/NaN|undefined|null|Infinity/)
  },
)

test('what speaks for the limit is said where it is cleared or cannot be told', () => {
  expect(
    wordsOf({ word: 'not-capacity-bound', reason: 'would-have-shown', errorsAtLimit: 3 }).against,
  ).toContain('3 of 312 were refused at the limit')
  expect(wordsOf({ word: 'cannot-tell', reason: 'coverage', coverage: 0.7 }).against).toMatch(
    /^For the limit: 300 of 312 were refused at it, .*\. Against it: 12 were refused below/,
  )
})

test('waiting helps a window that moves, and none that stands still', () => {
  const uncovered = { word: 'cannot-tell', reason: 'coverage', coverage: 0.71 } as const
  expect(wordsOf(uncovered, { looks: ['cannot-tell'] }).next).toMatch(/^Wait 17 min/)
  expect(wordsOf(uncovered).next).toMatch(/^Choose another window/)
})

test('where nothing was refused the failures there are get their name and their place', () => {
  const none = { word: 'not-capacity-bound', reason: 'no-errors', errors: 0 } as const
  const failing = (classes: Partial<EvidenceReport['profile']['classes']>, more = {}) => {
    const profile = someEvidence().profile
    const zero = { capacity: 0, rate: 0, auth: 0, server: 0, network: 0, socket: 0, other: 0 }
    return wordsOf(none, {
      profile: { ...profile, commonest: null, classes: { ...zero, ...classes }, ...more },
    })
  }
  const auth = failing(
    { auth: 210, network: 5 },
    { commonest: { class: 'auth', route: 'POST /oauth/token', app: 'softphone', count: 200 } },
  )
  expect(auth.sentence).toBe(
    'None of 215 failures is a refusal: 210 authentication errors (401, 403), 5 network errors.',
  )
  expect(auth.next).toBe(
    'Look at sign-in and token lifetime: 210 authentication errors, 200 of them at POST /oauth/token from softphone.',
  )
  const rate = failing({ rate: 1_648 })
  expect(rate.sentence).toContain('rate limit errors (429)')
  expect(rate.next).toMatch(/^Send fewer API requests, and back off/)
  expect(failing({ socket: 8 }).next).toBe('Nothing to do: go on watching.')
})

test('few refusals among many other failures lead to the others', () => {
  const profile = someEvidence().profile
  const classes = { ...profile.classes, capacity: 3, auth: 210 }
  const { sentence, next } = wordsOf(
    { word: 'cannot-tell', reason: 'too-few-errors', errors: 3 },
    { profile: { ...profile, classes, commonest: null } },
  )
  expect(sentence).toContain('failures are of another kind')
  expect(next).toMatch(/^Look at sign-in/)
})

test('what to do follows from what was found: a leak, a raise that worked, a storm, the limit itself', () => {
  const all = someEvidence()
  expect(wordsOf({}, { leak: all.leak }).next).toMatch(
    /^Close connections at the end of each iteration: the floor rises \+56/,
  )
  expect(wordsOf({}, { raise: all.raise }).next).toBe(
    'Keep the limit of 1 500, in force since 13:40, which removed 99 % of refusals at equal load.',
  )
  expect(wordsOf({}, { storm: all.storm }).next).toBe(
    'Let refused clients back off with growing, random pauses: 84 demands became 420 attempts, which would have made 172 of them.',
  )
  expect(wordsOf({ limit: 1_000 }, { enough: all.enough }).next).toBe(
    'Raise the limit of 1 000, or hold fewer connections at once: about 1 090 (1 071 to 1 112) would have been enough for 99 % of the demands.',
  )
  expect(wordsOf({ limit: 20 }, { subject: { ...all.subject!, scope: 'userApp' } }).next).toMatch(
    /^Reuse connections: the limit of 20/,
  )
  const [, sessions] = all.which!.ranking
  const which = { ...all.which!, metrics: [sessions!.metric] }
  expect(wordsOf({ word: 'not-capacity-bound', reason: 'elsewhere' }, { which }).next).toBe(
    'Look at Call sessions: the refusals follow its limit instead.',
  )
})

test('a proxy is named wherever it is judged', () => {
  const subject = {
    ...someEvidence().subject!,
    title: 'Users online',
    provenance: 'proxy' as const,
  }
  const { sentence } = wordsOf({ crossings: 3 }, { subject })
  expect(sentence).toMatch(/^96 % of 312 refusals happened.* Judged by a proxy: Users online\.$/)
})

test('a p is told in digits that count and never rounded across 0.05', () => {
  expect([2 / 1044, 0.61, 0.02, 0.05, 0.0004, 0.13, 1].map(pText)).toEqual([
    'p = 0.002',
    'p = 0.61',
    'p = 0.02',
    'p = 0.05',
    'p < 0.001',
    'p = 0.13',
    'p = 1',
  ])
  expect(pText(0.050_2)).toBe('p = 0.0502')
})

test('a share is rounded neither up to all nor down to none', () => {
  const texts = [0, 0.0004, 0.005, 0.02, 0.962, 0.9996, 1].map((share) =>
    shareText(share).replaceAll(THIN_SPACE, ' '),
  )
  expect(texts).toEqual(['0 %', '< 0.1 %', '0.5 %', '2 %', '96 %', '99 %', '100 %'])
})
