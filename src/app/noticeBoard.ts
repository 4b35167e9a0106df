import { type EpochMs, HOUR_MS } from '#domain/units.ts'

/** Sentences that concern no single screen, until dismissed; the newest last. */
export type NoticeBoard = {
  all: () => readonly string[]
  /**
   * Says something. With a topic it takes the place of what was said of that topic before, and stays
   * away for an hour after it was dismissed: a feed that is wrong is wrong every two seconds.
   */
  say: (sentence: string, topic?: string) => void
  dismiss: (sentence: string) => void
}

/** More would push the screen away; the newest matter. */
const MOST_NOTICES = 3
const DISMISSED_FOR_MS = HOUR_MS

type Notice = { sentence: string; topic: string | null }

export function createNoticeBoard(now: () => EpochMs, changed: () => void): NoticeBoard {
  const dismissedAt = new Map<string, EpochMs>()
  let notices: readonly Notice[] = []
  let sentences: readonly string[] = []

  function set(next: readonly Notice[]) {
    notices = next
    sentences = next.map(({ sentence }) => sentence)
    changed()
  }

  const isDismissed = (topic: string) =>
    now() - (dismissedAt.get(topic) ?? -Infinity) < DISMISSED_FOR_MS

  return {
    all: () => sentences,
    say(sentence, topic) {
      if (topic !== undefined && isDismissed(topic)) return
      if (sentences.at(-1) === sentence) return
      const others = notices.filter(
        (known) => known.sentence !== sentence && (known.topic ?? sentence) !== topic,
      )
      set([...others, { sentence, topic: topic ?? null }].slice(-MOST_NOTICES))
    },
    dismiss(sentence) {
      const topic = notices.find((known) => known.sentence === sentence)?.topic ?? null
      if (topic !== null) dismissedAt.set(topic, now())
      set(notices.filter((known) => known.sentence !== sentence))
    },
  }
}
