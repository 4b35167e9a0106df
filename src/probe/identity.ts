const KEY = 'tidemark-probe'

/** Random letters and digits: they tell tabs apart, and nothing about who uses them. */
export const randomName = () =>
  [...crypto.getRandomValues(new Uint32Array(3))].map((part) => part.toString(36)).join('')

/** The name of this tab: kept in its session storage, or as long as the document where that is barred. */
export function tabName(): string {
  const fresh = randomName()
  try {
    const known = sessionStorage.getItem(KEY)
    if (known) return known
    sessionStorage.setItem(KEY, fresh)
  } catch {
    // Barred (a sandboxed frame, a setting): the document alone is then told apart.
  }
  return fresh
}
