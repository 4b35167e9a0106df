/**
 * A key for each text of a list, so that React tells equal ones apart: the text, and which of its
 * like it is. Those of texts that stay are the same when others come and go.
 */
export function uniqueKeys(texts: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return texts.map((text) => {
    const before = seen.get(text) ?? 0
    seen.set(text, before + 1)
    return `${before} ${text}`
  })
}
