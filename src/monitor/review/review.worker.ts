import { reviewAnswer } from './reviewAnswer.ts'
import type { ReviewQuestion, ReviewReply } from './reviewQuestion.ts'

const reply = (message: ReviewReply) => globalThis.postMessage(message)

globalThis.onmessage = ({
  data: { id, question },
}: MessageEvent<{ id: number; question: ReviewQuestion }>) => {
  try {
    reply({ id, answer: reviewAnswer(question) })
  } catch (error) {
    reply({ id, message: error instanceof Error ? error.message : String(error) })
  }
}
