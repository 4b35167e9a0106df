import { evidenceAnswer } from './evidenceAnswer.ts'
import type { EvidenceReply, EvidenceRequest } from './evidenceRequest.ts'

const reply = (message: EvidenceReply) => globalThis.postMessage(message)

globalThis.onmessage = ({
  data: { id, request },
}: MessageEvent<{ id: number; request: EvidenceRequest }>) => {
  try {
    reply({ id, kind: 'done', answer: evidenceAnswer(request) })
  } catch (error) {
    reply({ id, kind: 'failed', message: error instanceof Error ? error.message : String(error) })
  }
}
