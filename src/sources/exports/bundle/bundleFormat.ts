/** The newest version of the bundle, which is the one that is written (docs/formats.md). */
export const BUNDLE_VERSION = 1

/** By this name a bundle is known, within its first kilobyte. */
export const BUNDLE_MARK = 'tidemark-bundle'

/** The largest file that is handed over: what mail takes. */
export const MOST_BUNDLE_BYTES = 10_000_000

/** What every element of a bundle's own is called by. */
export const ID_PREFIX = 'tidemark-'
export const CHECK_ID = `${ID_PREFIX}check`
export const REPORT_ID = `${ID_PREFIX}page`
export const VIEWER_PART = 'viewer'
export const MANIFEST_PART = 'manifest'
/** What a check calls scripts that no bundle is written with. */
export const OTHER_SCRIPTS = 'scripts'

/** What opens a part of data; closed by the next `</script>`. */
export const partTag = (part: string) => `<script type="application/json" id="${ID_PREFIX}${part}">`
export const VIEWER_TAG = `<script id="${ID_PREFIX}${VIEWER_PART}">`
export const PART_END = '</script>'

/** Parts that every bundle has, in their order; between `head` and `limits` stand its series. */
export const FIXED_PARTS = [
  'head',
  'limits',
  'errors',
  'markers',
  'clients',
  'sources',
  'notes',
  'report',
] as const
export type FixedPart = (typeof FIXED_PARTS)[number]

/** `series-1` is the first one. */
export const seriesPart = (index: number) => `series-${index + 1}`

/** The parts of a bundle of so many series, in the only order in which they are written. */
export const partsInOrder = (seriesCount: number): readonly string[] => {
  const [head, ...others] = FIXED_PARTS
  const series = Array.from({ length: seriesCount }, (_, i) => seriesPart(i))
  return [head, ...series, ...others, VIEWER_PART]
}

/** One part of a bundle: its name, and its text as it stands in the file. */
export type BundlePart = { part: string; text: string }

/** Line ends as the parser of a page makes them: mail turns them into others on the way. */
export const plainLines = (text: string) => text.replace(/\r\n?/g, '\n')
