import { answerWith } from '../workerDesk.ts'
import { limitsAnswer } from './limitsAnswer.ts'

answerWith(limitsAnswer)
