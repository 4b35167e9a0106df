/** What must not be written anywhere. */
export type SecretBook = {
  add: (secret: string) => void
  /** It is worth nothing any more. */
  drop: (secret: string) => void
  /** A text with every known secret blotted out. */
  redacted: (text: string) => string
}

const BLOT = '[secret]'

/** Knows the secrets of this process, so that whatever a server says back cannot bring one into a log. */
export function createSecretBook(): SecretBook {
  const secrets = new Set<string>()
  return {
    add(secret) {
      if (secret !== '') secrets.add(secret)
    },
    drop: (secret) => void secrets.delete(secret),
    redacted: (text) => [...secrets].reduce((kept, secret) => kept.replaceAll(secret, BLOT), text),
  }
}
