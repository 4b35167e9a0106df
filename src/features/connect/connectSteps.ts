import { addressOf, clientIdProblem, type ConnectDraft } from './connectDraft.ts'

/** The steps by which an organisation is added, in their order. */
export const STEPS = ['region', 'client', 'signIn', 'probe'] as const

export type ConnectStep = (typeof STEPS)[number]

/** The step that an address names; the first for anything else. */
export const stepOf = (name: unknown): ConnectStep =>
  STEPS.find((step) => step === name) ?? 'region'

/** Whether a step has what the next one needs. */
export function isDone(step: ConnectStep, draft: ConnectDraft, isConnected: boolean): boolean {
  if (step === 'region') return addressOf(draft).addresses !== null
  if (step === 'client') return clientIdProblem(draft) === null
  return isConnected
}

/** The wanted step, or the first before it that lacks something. */
export function reachedStep(
  wanted: ConnectStep,
  draft: ConnectDraft,
  isConnected: boolean,
): ConnectStep {
  const before = STEPS.slice(0, STEPS.indexOf(wanted))
  return before.find((step) => !isDone(step, draft, isConnected)) ?? wanted
}
