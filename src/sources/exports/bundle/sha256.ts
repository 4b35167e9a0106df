import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/**
 * SHA-256 of a text's UTF-8 bytes, in hexadecimal. Not `crypto.subtle`: some browsers keep that from
 * pages opened as a file.
 */
export const sha256Of = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)))

/** The same in base 64, as a content security policy names an inline script. */
export const sha256Base64 = (text: string): string =>
  btoa(String.fromCharCode(...sha256(utf8ToBytes(text))))
