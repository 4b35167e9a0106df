const MARK = '[removed]'

const SECRET_KEYS =
  'access_?token|refresh_?token|id_?token|auth_?token|x-auth-token|token|code_verifier|code_challenge|client_?secret|secret|' +
  'pass(?:word|wd)?|pwd|api[-_]?key|x-api-key|session_?(?:id|token)?|jsessionid|sid|sig|(?:x-amz-)?signature|' +
  'x-amz-(?:credential|security-token)|assertion|jwt|otp'

/** Kinds of secrets, as the list of removals names them. */
export const SECRET_KINDS = [
  'authorisation header',
  'cookie',
  'token',
  'user and password in an address',
  'web token (JWT)',
  'private key',
  'access key',
  'value named as a secret',
  'e-mail address',
  'random key',
] as const
export type SecretKind = (typeof SECRET_KINDS)[number]

/** How many secrets of one kind were taken out. */
export type Removal = { what: SecretKind; count: number }

type Rule = { what: SecretKind; pattern: RegExp; replacement: string }

/**
 * In this order: what names itself goes first, so that the name stays readable beside the mark. A value
 * that is nothing but the mark is none: texts are cleaned when they are read and once more on their way out.
 */
const RULES: readonly Rule[] = [
  // Headers as they stand in a message or a log.
  {
    what: 'authorisation header',
    pattern:
      /\b((?:proxy-)?authorization["']?\s*[:=]\s*["']?)(?!\[removed\](?:[\s"',;]|$))(?:(?:bearer|basic|digest)\s+)?[^\s"',;]+/gi,
    replacement: `$1${MARK}`,
  },
  {
    what: 'cookie',
    pattern: /\b((?:set-)?cookie["']?\s*[:=]\s*["']?)(?!\s*\[removed\](?:[\r\n"']|$))[^\r\n"']+/gi,
    replacement: `$1${MARK}`,
  },
  {
    what: 'token',
    pattern: /\b(bearer|basic)\s+(?=[\w.~+/=-]*[\d.=_-])[\w.~+/=-]{8,}/gi,
    replacement: `$1 ${MARK}`,
  },
  // user:password@ of an address, up to the last @: a password may hold one, too.
  {
    what: 'user and password in an address',
    pattern: /(\/\/)[^\s/@:]+:[^\s/]+@/g,
    replacement: `$1${MARK}@`,
  },
  // A JSON web token, signed or not.
  {
    what: 'web token (JWT)',
    pattern: /\beyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)?/g,
    replacement: MARK,
  },
  {
    what: 'private key',
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END[A-Z -]*|$)/g,
    replacement: MARK,
  },
  // An access key of AWS.
  { what: 'access key', pattern: /\b(?:AKIA|ASIA)[A-Z\d]{16}\b/g, replacement: MARK },
  // name=value, "name":"value", name: value.
  {
    what: 'value named as a secret',
    pattern: new RegExp(
      `(^|[^\\w-])((?:[\\w-]*[_-])?(?:${SECRET_KEYS})["']?\\s*(?:=|:|%3D)\\s*["']?)(?!\\s|\\[removed\\])[^\\s&"'#;,)}\\]]+`,
      'gi',
    ),
    replacement: `$1$2${MARK}`,
  },
  // OAuth's authorisation code is called just "code": only as a query parameter, `code: 503` is none.
  {
    what: 'token',
    pattern: /([?&#]code=)(?!\d{1,4}\b|\[removed\](?:[\s&"'#]|$))[^\s&"'#]+/gi,
    replacement: `$1${MARK}`,
  },
  {
    what: 'e-mail address',
    pattern: /[\w.+-]+(?:@|%40)[a-z\d-]+(?:\.[a-z\d-]+)+/gi,
    replacement: '[e-mail removed]',
  },
]

/** Long enough for a key of 128 bits and more; what a person writes is shorter or has separators. */
const OPAQUE = /[A-Za-z\d_-]{32,}/g

/** Correlation ids have 32 hexadecimal digits: only longer ones are taken for keys. */
const HEX_KEY_DIGITS = 40

/**
 * True for text that only a generator of random keys writes: it is mostly letters, and few of them form
 * words. Measured on random words of 32 to 86 letters: at most 1 of 100 passes for written. */
function isRandom(text: string): boolean {
  if (/^[\da-f-]+$/i.test(text)) return text.replaceAll('-', '').length >= HEX_KEY_DIGITS
  const letters = text.match(/[A-Za-z]/g)?.length ?? 0
  if (letters < text.length / 2) return false
  if (/[a-z]/.test(text) && /[A-Z]/.test(text)) {
    const wordLetters = text.match(/[A-Z]?[a-z]{4,}|[A-Z][a-z]{3}/g)?.join('').length ?? 0
    return wordLetters / letters < 0.6
  }
  // In one case only, letters between digits are the sign: words have none.
  const digitChanges = text.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)/g)?.length ?? 0
  return /^[A-Za-z\d]+$/.test(text) && digitChanges >= 8
}

/**
 * Takes secrets out of a text from a file: authorisation headers, cookies, tokens and passwords by
 * name, web tokens, user names in addresses, e-mail addresses, and long random words. Correlation
 * ids (UUIDs, hexadecimal) stay: support asks for them.
 */
export function redact(text: string): { text: string; removed: readonly SecretKind[] } {
  const removed: SecretKind[] = []
  let clean = text
  for (const { what, pattern, replacement } of RULES) {
    const found = clean.match(pattern)
    if (!found) continue
    for (let i = 0; i < found.length; i += 1) removed.push(what)
    clean = clean.replace(pattern, replacement)
  }
  clean = clean.replace(OPAQUE, (word) => {
    if (!isRandom(word)) return word
    removed.push('random key')
    return MARK
  })
  return { text: clean, removed }
}

/** Beyond this many distinct texts each is cleaned anew: memory stays bounded. */
const MAX_REMEMBERED = 20_000

/** Cleans many texts that repeat (labels, codes, messages of a file) and counts what it removed, once per distinct text. */
export function createRedactor() {
  const known = new Map<string, string>()
  const counts = new Map<SecretKind, number>()
  return {
    clean(text: string): string {
      const before = known.get(text)
      if (before !== undefined) return before
      const result = redact(text)
      for (const what of result.removed) counts.set(what, (counts.get(what) ?? 0) + 1)
      if (known.size < MAX_REMEMBERED) known.set(text, result.text)
      return result.text
    },
    /** What was taken out so far, most of it first. */
    removals: (): readonly Removal[] =>
      [...counts]
        .map(([what, count]) => ({ what, count }))
        .sort((a, b) => b.count - a.count || a.what.localeCompare(b.what)),
  }
}

export type Redactor = ReturnType<typeof createRedactor>

/** `3 secrets were taken out: 2 × token, 1 × cookie`; null where there were none. */
export function removalWords(removals: readonly Removal[]): string | null {
  const total = secretsIn(removals)
  if (total === 0) return null
  const kinds = removals.map(({ what, count }) => `${count} × ${what}`).join(', ')
  return `${total} secret${total === 1 ? ' was' : 's were'} taken out: ${kinds}`
}

/** How many there were of all kinds. */
export const secretsIn = (removals: readonly Removal[]) =>
  removals.reduce((sum, { count }) => sum + count, 0)
