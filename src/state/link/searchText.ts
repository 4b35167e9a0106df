/** Search parameters as plain text: nothing is guessed to be a number or JSON; the last of equal names counts. */
export const searchOfText = (text: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(text))

/** The text of search parameters with its question mark, or nothing; only what is text is written. */
export function textOfSearch(search: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(search).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  )
  // Commas and colons are allowed in a query, and read better.
  const text = new URLSearchParams(entries).toString().replaceAll('%2C', ',').replaceAll('%3A', ':')
  return text === '' ? '' : `?${text}`
}
