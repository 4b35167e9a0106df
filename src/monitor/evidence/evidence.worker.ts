import { answerWith } from '../workerDesk.ts'
import { evidenceAnswer } from './evidenceAnswer.ts'

answerWith(evidenceAnswer)
