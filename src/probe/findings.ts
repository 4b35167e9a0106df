import type { Kind, Open } from './held.ts'

/**
 * Something that looks forgotten, with the line that opened it: a WebSocket still open after the page
 * was left, a peer connection over which nothing comes any more, a track that nothing uses.
 */
export type Finding = {
  kind: Kind
  page: string
  /** `https://host/app.js:12`; empty where it is not known. */
  place: string
  count: number
  /** How long the oldest of them has looked so. */
  ageMs: number
}

const MOST_FINDINGS = 8

/** What of all that is open has looked forgotten for `graceMs`, the most numerous first. */
export function findingsOf(
  open: readonly Open[],
  visit: number,
  now: number,
  graceMs: number,
): Finding[] {
  const used = tracksInUse(open)
  const found = new Map<string, Finding>()
  for (const { held, thing } of open) {
    const { kind, tally, place } = held
    const isSuspect = kind === 'websockets' ? held.visit !== visit : isForgotten(kind, thing, used)
    held.suspectSince = isSuspect ? held.suspectSince || now : 0
    const ageMs = now - held.suspectSince
    if (!isSuspect || !(ageMs >= graceMs)) continue
    const { page } = tally
    const key = kind + page + place
    const known = found.get(key) ?? { kind, page, place, count: 0, ageMs }
    known.count += 1
    known.ageMs = Math.max(known.ageMs, ageMs)
    found.set(key, known)
  }
  return [...found.values()].sort((a, b) => b.count - a.count).slice(0, MOST_FINDINGS)
}

const isForgotten = (kind: Kind, thing: object, used: Set<MediaStreamTrack | null>): boolean =>
  kind === 'tracks'
    ? !used.has(thing as MediaStreamTrack)
    : kind === 'peerconnections' && isAbandoned(thing as RTCPeerConnection)

/** All it sent has ended and nothing arrives, or it failed: there is nothing to keep it for. */
function isAbandoned(connection: RTCPeerConnection): boolean {
  if (connection.connectionState === 'failed') return true
  const sent = tracksSentBy(connection).filter((track) => track !== null)
  return (
    sent.length > 0 &&
    sent.every(({ readyState }) => readyState === 'ended') &&
    !connection.getReceivers().some(({ track }) => track.readyState === 'live' && !track.muted)
  )
}

const tracksSentBy = (connection: RTCPeerConnection) =>
  connection.getSenders().map(({ track }) => track)

/** What peer connections send and media elements of the document play. */
function tracksInUse(open: readonly Open[]): Set<MediaStreamTrack | null> {
  const sent = open.flatMap(({ held, thing }) =>
    held.kind === 'peerconnections' ? tracksSentBy(thing as RTCPeerConnection) : [],
  )
  const played = [...document.querySelectorAll<HTMLMediaElement>('audio,video')].flatMap(
    // A MediaSource has no tracks.
    ({ srcObject }) => (srcObject as Partial<MediaStream> | null)?.getTracks?.() ?? [],
  )
  return new Set([...sent, ...played])
}
