/** What a chime tells: something comes near its limit, or has come to it. */
export type ChimeKind = 'warn' | 'critical'

/** Sound of this page, made by the browser itself: no file is loaded. */
export type Chime = {
  /** Asks for sound; browsers give it inside a click or key press alone. Whether it is there now. */
  unlock: () => Promise<boolean>
  isUnlocked: () => boolean
  /** Says nothing where sound was not unlocked: a page without a gesture stays silent. */
  play: (kind: ChimeKind) => void
}

type Tone = { hertz: number; fromSec: number }

/** Warn rises by a fifth, once; critical falls twice: told apart by shape, not by pitch alone. */
const TONES: Readonly<Record<ChimeKind, readonly Tone[]>> = {
  warn: [
    { hertz: 440, fromSec: 0 },
    { hertz: 660, fromSec: 0.22 },
  ],
  critical: [
    { hertz: 880, fromSec: 0 },
    { hertz: 587, fromSec: 0.18 },
    { hertz: 880, fromSec: 0.6 },
    { hertz: 587, fromSec: 0.78 },
  ],
}
const TONE_SEC = 0.4
const LOUDNESS = 0.25
/** Exponential ramps cannot reach zero. */
const SILENT = 0.0001

export function createChime(): Chime {
  let audio: AudioContext | null = null

  const isUnlocked = () => audio?.state === 'running'

  return {
    async unlock() {
      try {
        audio ??= new AudioContext()
        if (audio.state !== 'running') await resumed(audio)
      } catch {
        // A machine without sound, or a browser that withholds it: the answer says so.
        return false
      }
      return isUnlocked()
    },
    isUnlocked,
    play(kind) {
      if (audio?.state !== 'running') return
      for (const tone of TONES[kind]) ring(audio, tone)
    },
  }
}

const PATIENCE_MS = 1_000

/** Without a gesture `resume` never settles in some browsers; the state tells afterwards. */
const resumed = (audio: AudioContext) =>
  Promise.race([audio.resume(), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))])

/** One struck tone: loud at once, then dying away. */
function ring(audio: AudioContext, { hertz, fromSec }: Tone) {
  const from = audio.currentTime + fromSec
  const tone = new OscillatorNode(audio, { type: 'sine', frequency: hertz })
  const loudness = new GainNode(audio, { gain: SILENT })
  loudness.gain.setValueAtTime(SILENT, from)
  loudness.gain.exponentialRampToValueAtTime(LOUDNESS, from + 0.01)
  loudness.gain.exponentialRampToValueAtTime(SILENT, from + TONE_SEC)
  tone.connect(loudness).connect(audio.destination)
  tone.start(from)
  tone.stop(from + TONE_SEC)
}
