import type { Redactor } from '../redaction.ts'
import { type Sample, messageOf } from './sample.ts'
import type { SampleTexts } from './sampleTexts.ts'

const MAX_MESSAGE_CHARS = 200

/** The words of failures, free of secrets and shortened; each distinct text is cleaned once. */
export function createErrorMessages(texts: SampleTexts, redactor: Redactor) {
  const cleaned = { message: [] as string[], failureMessage: [] as string[] }

  function cleanedIn(sample: Sample, column: 'message' | 'failureMessage'): string {
    const id = sample[column]
    const clean = () => shortened(redactor.clean(messageOf(sample, texts, column).trim()))
    return id < 0 ? clean() : (cleaned[column][id] ??= clean())
  }

  return {
    /** What an assertion said, else the reply; null where neither said anything. */
    messageOf: (sample: Sample): string | null =>
      cleanedIn(sample, 'failureMessage') || cleanedIn(sample, 'message') || null,
  }
}

const shortened = (text: string) =>
  text.length > MAX_MESSAGE_CHARS ? `${text.slice(0, MAX_MESSAGE_CHARS - 1)}…` : text
