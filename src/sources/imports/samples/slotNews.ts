/** Which numbered entries changed since they were last told. */
export function createSlotNews() {
  const isChanged: boolean[] = []
  let changed: number[] = []
  return {
    mark(slot: number) {
      if (isChanged[slot] === true) return
      isChanged[slot] = true
      changed.push(slot)
    },
    /** Those that may be told now; the others stay for the next time. */
    take(isTold: (slot: number) => boolean): number[] {
      const told = changed.filter(isTold)
      if (told.length === 0) return told
      for (const slot of told) isChanged[slot] = false
      changed = changed.filter((slot) => isChanged[slot])
      return told
    },
  }
}
