/**
 * The encoding to decode a document with, by its XML declaration. UTF-16 was made UTF-8 before, by
 * its byte order mark; what no decoder knows is read as UTF-8.
 */
export function encodingOf(head: string): string {
  const named = /^\s*<\?xml[^>]*\bencoding=["']([\w.:-]+)["']/.exec(head)?.[1] ?? 'utf-8'
  if (/^utf-?16/i.test(named)) return 'utf-8'
  try {
    return new TextDecoder(named).encoding
  } catch (error) {
    if (error instanceof RangeError) return 'utf-8'
    throw error
  }
}
