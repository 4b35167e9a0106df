/** A real file of the browser (origin-private file system) that a test writes to as another program would. */
export async function opfsFile(name: string) {
  const folder = await navigator.storage.getDirectory()
  const handle = await folder.getFileHandle(name, { create: true })
  const bytesOf = (content: string | Uint8Array) =>
    typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content)

  async function write(content: string | Uint8Array, from: number | null) {
    // Made anew where it was removed; whoever holds the handle sees the new file.
    const file = await folder.getFileHandle(name, { create: true })
    const writable = await file.createWritable({ keepExistingData: from !== null })
    if (from !== null) await writable.seek(from)
    await writable.write(bytesOf(content))
    await writable.close()
  }
  return {
    handle,
    append: async (content: string | Uint8Array) => write(content, (await handle.getFile()).size),
    replace: (content: string) => write(content, null),
    remove: () => folder.removeEntry(name),
  }
}
