import { answerWith } from '../workerDesk.ts'
import { reviewAnswer } from './reviewAnswer.ts'

answerWith(reviewAnswer)
