import { answerWith } from '../workerDesk.ts'
import { backtestAnswer } from './backtestAnswer.ts'

answerWith(backtestAnswer)
