import type { ClientEventColumns } from '#domain/evidence/demand/clientEvents.ts'
import type { Certificate, CertificateInput } from '#domain/limits/certificate.ts'
import type { Rejudged, RejudgedInput } from '#domain/limits/rejudged.ts'
import type { WhatIf, WhatIfInput } from '#domain/limits/whatIf.ts'

/** Clients come as what they told: pairing it to attempts takes longer than a frame of a busy day. */
type WithEvents<T> = Omit<T, 'clients'> & { clientEvents: ClientEventColumns | null }

/** What is worked out off the main thread about limits. */
export type LimitsQuestion =
  | { kind: 'certificate'; input: WithEvents<CertificateInput> }
  | { kind: 'whatIf'; input: WithEvents<WhatIfInput> }
  | { kind: 'rejudged'; input: RejudgedInput }

export type LimitsAnswer =
  | { kind: 'certificate'; certificate: Certificate }
  | { kind: 'whatIf'; found: WhatIf }
  | { kind: 'rejudged'; found: Rejudged }
