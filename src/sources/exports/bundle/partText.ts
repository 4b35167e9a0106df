/**
 * JSON in plain ASCII: neither a tag nor a comment can begin in it, and it comes through whatever
 * encoding a mail or an editor gives the file.
 */
export const jsonText = (value: unknown, indent?: number): string =>
  JSON.stringify(value, null, indent).replace(
    /[<>&\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** A list with one entry per line, so that a difference of two bundles shows which one changed. */
export const listText = (entries: readonly unknown[]): string =>
  entries.length === 0 ? '[]' : `[\n${entries.map((entry) => jsonText(entry)).join(',\n')}\n]`

/** An object with one field per line, whose values are JSON texts already. */
export const objectText = (fields: Readonly<Record<string, string>>): string =>
  `{\n${Object.entries(fields)
    .map(([name, text]) => `${jsonText(name)}:${text}`)
    .join(',\n')}\n}`
