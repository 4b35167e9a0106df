import { BUNDLE_MARK, BUNDLE_VERSION, type BundlePart } from './bundleFormat.ts'
import { jsonText, objectText, listText } from './partText.ts'
import { sha256Of } from './sha256.ts'

/** What a bundle consists of: each part, in its order, with the SHA-256 of its text. */
export type Manifest = {
  version: number
  parts: readonly (readonly [part: string, sha256: string])[]
}

/** The manifest of parts that are about to be written. */
export const manifestOf = (parts: readonly BundlePart[]): Manifest => ({
  version: BUNDLE_VERSION,
  parts: parts.map(({ part, text }) => [part, sha256Of(text)]),
})

/** The only text that a manifest may have: another one was touched. */
export const manifestText = ({ version, parts }: Manifest): string =>
  `\n${objectText({
    format: jsonText(BUNDLE_MARK),
    version: jsonText(version),
    parts: listText(parts),
  })}\n`

/** The fingerprint of a bundle in groups that can be read aloud: `1f0a 22c4 …`. */
export const fingerprintText = (fingerprint: string) => fingerprint.replace(/(.{4})(?=.)/g, '$1 ')
