const CHUNK_VALUES = 16_384

/** A column of numbers that grows without being copied: 8 bytes a number. */
export function createGrowingColumn() {
  const full: Float64Array<ArrayBuffer>[] = []
  let chunk = new Float64Array(CHUNK_VALUES)
  let used = 0
  return {
    push(value: number) {
      if (used === CHUNK_VALUES) {
        full.push(chunk)
        chunk = new Float64Array(CHUNK_VALUES)
        used = 0
      }
      chunk[used] = value
      used += 1
    },
    length: () => full.length * CHUNK_VALUES + used,
    /** All of it in one array; the column is empty then, so that nothing is held twice for long. */
    taken(): Float64Array<ArrayBuffer> {
      const whole = new Float64Array(full.length * CHUNK_VALUES + used)
      let at = 0
      for (const part of full.splice(0)) {
        whole.set(part, at)
        at += CHUNK_VALUES
      }
      whole.set(chunk.subarray(0, used), at)
      used = 0
      return whole
    },
  }
}
