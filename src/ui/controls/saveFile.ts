/** Long enough for any browser to have begun the download. */
const KEPT_MS = 60_000

/** Hands pieces of text, or a picture, to the browser as a download. */
export function saveFile(name: string, parts: BlobPart[], type: string) {
  const url = URL.createObjectURL(new Blob(parts, { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS)
}
