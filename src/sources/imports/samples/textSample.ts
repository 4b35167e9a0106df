import type { Sample } from './sample.ts'
import { NO_COLUMN, type SampleTexts } from './sampleTexts.ts'

/** One attempt as a format of texts tells it; null is what it does not say. */
export type TextSample = {
  startMs: number
  endMs: number
  label: string | null
  code: string | null
  thread: string | null
  host: string | null
  message: string | null
  failureMessage: string | null
  isSuccess: boolean | null
  allThreads: number | null
  assumedUtc: boolean
}

/** Labels and messages may carry numbers, so that each is another. */
const MAX_KNOWN = 65_536

type Known = { ids: Map<string, number>; lastText: string | null; lastId: number }
const createKnown = (): Known => ({ ids: new Map(), lastText: null, lastId: NO_COLUMN })

/** Puts the texts of samples into their columns. */
export function createTextSamples(texts: SampleTexts) {
  /** Finding a text by itself is quicker than by its bytes, which is how the columns know it. */
  const known = {
    label: createKnown(),
    code: createKnown(),
    thread: createKnown(),
    host: createKnown(),
    message: createKnown(),
    failureMessage: createKnown(),
  } satisfies Record<keyof SampleTexts, Known>

  function idOf(column: keyof SampleTexts, text: string | null | undefined): number {
    if (text === null || text === undefined) return NO_COLUMN
    const own = known[column]
    if (text === own.lastText) return own.lastId
    let id = own.ids.get(text)
    if (id === undefined) {
      id = texts[column].idOfText(text)
      if (own.ids.size < MAX_KNOWN) own.ids.set(text, id)
    }
    own.lastText = text
    own.lastId = id
    return id
  }

  // Written out, since spreading objects takes longer than reading the sample did.
  return (said: Pick<TextSample, 'startMs' | 'endMs'> & Partial<TextSample>): Sample => ({
    startMs: said.startMs,
    endMs: said.endMs,
    label: idOf('label', said.label),
    code: idOf('code', said.code),
    thread: idOf('thread', said.thread),
    host: said.host === '' ? NO_COLUMN : idOf('host', said.host),
    message: idOf('message', said.message),
    failureMessage: idOf('failureMessage', said.failureMessage),
    isSuccess: said.isSuccess ?? null,
    allThreads: said.allThreads ?? null,
    assumedUtc: said.assumedUtc ?? false,
    outcome: NO_COLUMN,
    messageText: said.message ?? '',
    failureMessageText: said.failureMessage ?? '',
  })
}
