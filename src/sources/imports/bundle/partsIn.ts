import {
  type BundlePart,
  ID_PREFIX,
  PART_END,
  partTag,
  plainLines,
  VIEWER_PART,
  VIEWER_TAG,
} from '../../exports/bundle/bundleFormat.ts'
import { ImportError } from '../importError.ts'

/** A part as it was found, and the line of the file in which its text begins. */
export type FoundPart = BundlePart & { line: number | null }

const [BEFORE_NAME = '', AFTER_NAME = ''] = partTag('\n').split('\n')
const PART_NAME = /^[a-z]+(?:-\d+)?$/

/**
 * The parts of a bundle's text, found by their tags; nothing of it is run. Line ends are those of a
 * page's parser, whatever the file was turned into. Throws ImportError where the file is cut off
 * within a part, or holds one twice.
 */
export function partsIn(text: string, name: string): FoundPart[] {
  const page = plainLines(text.replace(/^\uFEFF/, ''))
  const parts: FoundPart[] = []
  const lineAt = createLineCounter(page)
  for (let at = page.indexOf(BEFORE_NAME); at >= 0; at = page.indexOf(BEFORE_NAME, at)) {
    const nameEnd = page.indexOf(AFTER_NAME, at + BEFORE_NAME.length)
    const part = page.slice(at + BEFORE_NAME.length, nameEnd)
    if (nameEnd < 0 || !PART_NAME.test(part)) {
      at += BEFORE_NAME.length
      continue
    }
    const start = nameEnd + AFTER_NAME.length
    const line = lineAt(start)
    parts.push({ part, text: closed(page, start, name, part, line), line })
    at = start + parts.at(-1)!.text.length
  }
  return withoutTwins([...parts, ...viewerIn(page)], name)
}

function closed(page: string, start: number, name: string, part: string, line: number): string {
  const end = page.indexOf(PART_END, start)
  if (end >= 0) return page.slice(start, end)
  throw new ImportError(
    'unreadable',
    `${name} is cut off: its part "${part}", which begins in line ${line}, has no end`,
  )
}

/** The code that checks the bundle in a browser: here only held against its hash. */
function viewerIn(page: string): FoundPart[] {
  const start = page.lastIndexOf(VIEWER_TAG)
  if (start < 0) return []
  const end = page.indexOf(PART_END, start)
  if (end < 0) return []
  return [{ part: VIEWER_PART, text: page.slice(start + VIEWER_TAG.length, end), line: null }]
}

/** Throws where a part stands twice: a browser and this reader could take one each. */
export function withoutTwins(parts: readonly FoundPart[], name: string): FoundPart[] {
  const names = new Set<string>()
  for (const { part } of parts) {
    if (names.has(part))
      throw new ImportError(
        'unreadable',
        `${name} was changed: its part "${part}" stands in it twice`,
      )
    names.add(part)
  }
  return [...parts]
}

/**
 * Whether a page has scripts beside its parts, where none was written: a browser could take one of them for
 * a part that this reader does not see.
 */
export const hasOtherScripts = (text: string, parts: readonly FoundPart[]): boolean =>
  (text.match(/<script/gi) ?? []).length !== parts.length

/** The line of a place, for places that only grow. */
function createLineCounter(text: string) {
  let line = 1
  let counted = 0
  return (at: number): number => {
    for (let i = text.indexOf('\n', counted); i >= 0 && i < at; i = text.indexOf('\n', i + 1))
      line += 1
    counted = at
    return line
  }
}

/** The name of a part that an element holds; null for any other element. */
export const partOfId = (id: string): string | null =>
  id.startsWith(ID_PREFIX) && PART_NAME.test(id.slice(ID_PREFIX.length))
    ? id.slice(ID_PREFIX.length)
    : null
