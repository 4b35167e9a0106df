const MARK = '[removed]'

const SECRET_KEYS =
  'access_?token|refresh_?token|id_?token|auth_?token|x-auth-token|token|code_verifier|code_challenge|client_?secret|secret|' +
  'pass(?:word|wd)?|pwd|api[-_]?key|x-api-key|session_?(?:id|token)?|jsessionid|sid|sig|(?:x-amz-)?signature|' +
  'x-amz-(?:credential|security-token)|assertion|jwt|otp'

type Rule = { pattern: RegExp; replacement: string }

/** In this order: what names itself goes first, so that the name stays readable beside the mark. */
const RULES: readonly Rule[] = [
  // Headers as they stand in a message or a log.
  {
    pattern:
      /\b((?:proxy-)?authorization["']?\s*[:=]\s*["']?)(?:(?:bearer|basic|digest)\s+)?[^\s"',;]+/gi,
    replacement: `$1${MARK}`,
  },
  { pattern: /\b((?:set-)?cookie["']?\s*[:=]\s*["']?)[^\r\n"']+/gi, replacement: `$1${MARK}` },
  {
    pattern: /\b(bearer|basic)\s+(?=[\w.~+/=-]*[\d.=_-])[\w.~+/=-]{8,}/gi,
    replacement: `$1 ${MARK}`,
  },
  // user:password@ of an address.
  { pattern: /(\/\/)[^\s/@:]+:[^\s/@]+@/g, replacement: `$1${MARK}@` },
  // A JSON web token, signed or not.
  { pattern: /\beyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)?/g, replacement: MARK },
  {
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END[A-Z -]*|$)/g,
    replacement: MARK,
  },
  // An access key of AWS.
  { pattern: /\b(?:AKIA|ASIA)[A-Z\d]{16}\b/g, replacement: MARK },
  // name=value, "name":"value", name: value.
  {
    pattern: new RegExp(
      `(^|[^\\w-])((?:[\\w-]*[_-])?(?:${SECRET_KEYS})["']?\\s*(?:=|:|%3D)\\s*["']?)(?!\\s|\\[removed\\])[^\\s&"'#;,)}\\]]+`,
      'gi',
    ),
    replacement: `$1$2${MARK}`,
  },
  // OAuth's authorisation code is called just "code": only as a query parameter, `code: 503` is none.
  { pattern: /([?&#]code=)(?!\d{1,4}\b)[^\s&"'#]+/gi, replacement: `$1${MARK}` },
  { pattern: /[\w.+-]+(?:@|%40)[a-z\d-]+(?:\.[a-z\d-]+)+/gi, replacement: '[e-mail removed]' },
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
export function redact(text: string): { text: string; removed: number } {
  let removed = 0
  let clean = text
  for (const { pattern, replacement } of RULES) {
    removed += clean.match(pattern)?.length ?? 0
    clean = clean.replace(pattern, replacement)
  }
  clean = clean.replace(OPAQUE, (word) => {
    if (!isRandom(word)) return word
    removed += 1
    return MARK
  })
  return { text: clean, removed }
}

/** Beyond this many distinct texts each is cleaned anew: memory stays bounded. */
const MAX_REMEMBERED = 20_000

/** Cleans many texts that repeat (labels, codes, messages of a file) and counts what it removed, once per distinct text. */
export function createRedactor() {
  const known = new Map<string, string>()
  let removed = 0
  return {
    clean(text: string): string {
      const before = known.get(text)
      if (before !== undefined) return before
      const result = redact(text)
      removed += result.removed
      if (known.size < MAX_REMEMBERED) known.set(text, result.text)
      return result.text
    },
    removed: () => removed,
  }
}

export type Redactor = ReturnType<typeof createRedactor>
