import { stepWords, type Tier } from '#domain/timeline/tierWords.ts'

/** Why there is no verdict where only steps are shown, and what to choose instead. */
export const noVerdictWords = ({ isPruned, stepMs }: Tier) => ({
  title: 'No verdict on summaries',
  reason: isPruned
    ? 'Samples are kept for 14 days; of what lies before, only what each minute came to is known. A verdict needs the samples. Choose a window within the last 14 days.'
    : `A window of more than two days shows the lowest and highest of ${stepWords(stepMs)}. A verdict needs the samples themselves. Choose a shorter window.`,
})
