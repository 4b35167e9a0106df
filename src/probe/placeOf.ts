import { pageOf } from './pageOf.ts'

/** Origin and path, a query that is left out, the line: the same in every browser's stack. */
const FRAME = /(https?:\/\/[^/\s]+)(\/[^\s?#()]*?)(?:[?#][^\s()]*?)?:(\d+):\d+\)?$/

const LONGEST = 160

/**
 * Where in the app's code something was opened: the first line of a stack that is not of `own`, the
 * probe's script, as `https://host/app.js:12`. A script within a page is named by its page, without
 * identifiers. Empty where the stack does not say.
 */
export function placeOf(stack: string, own: string, pathname: string): string {
  for (const line of stack.split('\n')) {
    const [, origin, path = '', row] = FRAME.exec(line) ?? []
    if (origin && origin + path !== own)
      return `${(origin + (path === pathname ? pageOf(path) : path)).slice(0, LONGEST)}:${row}`
  }
  return ''
}
