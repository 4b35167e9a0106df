export type Box = { left: number; top: number; right: number; bottom: number }

/** Keeps texts from lying over each other: what finds no room is not written. */
export type LabelSpace = {
  /** Takes a place if it is free and inside. A quiet text, which may as well be left out, keeps clear of curves too. */
  take: (box: Box, isQuiet?: boolean) => boolean
  /** Takes a place whatever is there: a line that text must not cross. */
  block: (box: Box) => void
  /** Where a curve runs. */
  shade: (box: Box) => void
}

/** Two texts nearer than this on one line read as one. */
const APART_PX = 6

export function createLabelSpace(inside: Box): LabelSpace {
  const taken: Box[] = []
  const shaded: Box[] = []
  const isFree = (box: Box, boxes: readonly Box[]) =>
    !boxes.some((other) => isOverlapping(box, other))
  return {
    take(box, isQuiet = false) {
      const isInside =
        box.left >= inside.left &&
        box.right <= inside.right &&
        box.top >= inside.top &&
        box.bottom <= inside.bottom
      if (!isInside || !isFree(box, taken) || (isQuiet && !isFree(box, shaded))) return false
      taken.push({ ...box, left: box.left - APART_PX, right: box.right + APART_PX })
      return true
    },
    block: (box) => void taken.push(box),
    shade: (box) => void shaded.push(box),
  }
}

const isOverlapping = (a: Box, b: Box) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
