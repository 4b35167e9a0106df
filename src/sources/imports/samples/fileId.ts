/** The id of a file by its name and the start of its first sample (null: it has none). */
export const fileIdOf = (name: string, firstMs: number | null) => idOf(`${name}\n${firstMs}`)

/** A short name for a text (FNV-1a, 32 bits): a handful of files share an organisation. */
function idOf(text: string): string {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  }
  return (hash >>> 0).toString(16).padStart(8, '0')
}
