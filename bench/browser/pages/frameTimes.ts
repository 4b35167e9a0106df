/** One step per animation frame, and how even the frames came. */
export type FrameTimes = {
  frames: number
  p95Ms: number
  /** Frames that the screen showed twice because the next one was late, as a share of all (0–1). */
  droppedShare: number
  longestMs: number
}

/** Of a screen of 60 Hz, which is what headless Chromium plays. */
const FRAME_MS = 1000 / 60

export const nextFrame = () => new Promise<number>((done) => requestAnimationFrame(done))

/** Runs `step` in so many animation frames, one after the other. */
export async function inFrames(count: number, step: (frame: number) => void): Promise<FrameTimes> {
  const intervals: number[] = []
  let before = await nextFrame()
  for (let frame = 0; frame < count; frame++) {
    step(frame)
    const at = await nextFrame()
    intervals.push(at - before)
    before = at
  }
  const late = intervals.reduce((sum, ms) => sum + Math.max(0, Math.round(ms / FRAME_MS) - 1), 0)
  const sorted = intervals.toSorted((a, b) => a - b)
  return {
    frames: count,
    p95Ms: sorted[Math.ceil(count * 0.95) - 1]!,
    droppedShare: late / (count + late),
    longestMs: sorted.at(-1)!,
  }
}
