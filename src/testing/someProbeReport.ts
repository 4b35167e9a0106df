import type { ProbePage, ProbeReport } from '#sources/probe/reportShape.ts'

/** One page of a report, all counts 0 but those given. */
export const somePage = (parts: Partial<ProbePage> = {}): ProbePage => ({
  page: '/calls/:id',
  attempts: 0,
  opened: 0,
  closed: 0,
  closedOddly: 0,
  dropped: 0,
  refused: 0,
  givenUp: 0,
  failures: 0,
  websockets: 0,
  eventsources: 0,
  peerconnections: 0,
  tracks: 0,
  failedAgoMs: null,
  ...parts,
})

/** The first report of one document. */
export const someProbeReport = (atMs: number, parts: Partial<ProbeReport> = {}): ProbeReport => ({
  version: 1,
  app: 'agent-desktop',
  tab: 'tab0001',
  doc: 'doc0001',
  seq: 1,
  atMs,
  isHidden: false,
  isLast: false,
  pages: [somePage()],
  findings: [],
  ...parts,
})
