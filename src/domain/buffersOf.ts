/**
 * The memory of all columns in a piece of plain data, each once, so that it can be handed to another
 * thread: that takes no time, copying a day of samples takes a frame. Empty ones are left out, since
 * some of them are shared by everybody. O(objects), so not for lists of many thousand.
 */
export function buffersOf(part: unknown, found = new Set<ArrayBuffer>()): ArrayBuffer[] {
  if (ArrayBuffer.isView(part)) {
    if (part.buffer instanceof ArrayBuffer && part.byteLength > 0) found.add(part.buffer)
  } else if (part !== null && typeof part === 'object') {
    for (const inner of Object.values(part)) buffersOf(inner, found)
  }
  return [...found]
}
