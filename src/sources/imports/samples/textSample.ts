import type { Sample } from './sample.ts'
import { NO_COLUMN, type SampleTexts } from './sampleTexts.ts'

/** One attempt as a format of texts tells it; null is what it does not say. */
export type TextSample = {
  startMs: number
  endMs: number
  label: string | null
  code: string | null
  thread: string | null
  message: string | null
  failureMessage: string | null
  isSuccess: boolean | null
  allThreads: number | null
  assumedUtc: boolean
}

const UNSAID: TextSample = {
  startMs: 0,
  endMs: 0,
  label: null,
  code: null,
  thread: null,
  message: null,
  failureMessage: null,
  isSuccess: null,
  allThreads: null,
  assumedUtc: false,
}

/** Puts the texts of samples into their columns.. */
export function createTextSamples(texts: SampleTexts) {
  /** Finding a text by itself is quicker than by its bytes, which is how the columns know it. */
  const ids = { label: new Map(), code: new Map(), thread: new Map() } satisfies Partial<
    Record<keyof SampleTexts, Map<string, number>>
  >

  function idOf(column: keyof SampleTexts, text: string | null): number {
    if (text === null) return NO_COLUMN
    if (column === 'message' || column === 'failureMessage') return texts[column].idOfText(text)
    const known: Map<string, number> = ids[column]
    const before = known.get(text)
    if (before !== undefined) return before
    const id = texts[column].idOfText(text)
    known.set(text, id)
    return id
  }

  return (known: Pick<TextSample, 'startMs' | 'endMs'> & Partial<TextSample>): Sample => {
    const { label, code, thread, message, failureMessage, ...rest } = { ...UNSAID, ...known }
    return {
      ...rest,
      label: idOf('label', label),
      code: idOf('code', code),
      thread: idOf('thread', thread),
      message: idOf('message', message),
      failureMessage: idOf('failureMessage', failureMessage),
      outcome: NO_COLUMN,
      messageText: message ?? '',
      failureMessageText: failureMessage ?? '',
    }
  }
}
