import type { EvidenceReport } from '../evidence.ts'
import { forecastSentence } from '../forecast/forecastWords.ts'
import type { EvidencePart } from './evidencePart.ts'

/** When the judged metric reaches its limit, with how sure that is. Null where nothing was forecast: the window does not end now. */
export function forecastPart({ forecasts, subject }: EvidenceReport): EvidencePart | null {
  const forecast = subject && forecasts.get(subject.metric)
  if (!forecast || forecast.kind === 'none') return null
  return {
    id: 'forecast',
    title: 'Time to the limit',
    says: [forecastSentence(forecast)],
    rows: [],
    meaning:
      'The steady rise of the window is carried on 200 times, each time with swings like those seen. What nobody plans, as a test that begins or ends, is not in it.',
  }
}
