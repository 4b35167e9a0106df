import { quietly } from './quietly.ts'
import type { Opening, Watched } from './watched.ts'
import { wrapClass, wrapMethod } from './wrap.ts'

/** Counts peer connections. */
export function watchPeerConnections(watched: Watched): void {
  wrapClass('RTCPeerConnection', watched, (connection, { hold }) =>
    hold('peerconnections', connection),
  )
}

/** Counts the tracks of cameras, microphones and screens, and copies made of them. */
export function watchTracks(watched: Watched): void {
  for (const name of ['getUserMedia', 'getDisplayMedia'])
    wrapMethod(window.MediaDevices?.prototype, name, (_self, call) => {
      const asked = call()
      let answer = asked
      quietly(() => {
        answer = followed(asked as Promise<MediaStream>, watched())
      })
      return answer
    })
  wrapMethod(window.MediaStreamTrack?.prototype, 'clone', (_self, call) => {
    const copy = call()
    quietly(() => watched().hold('tracks', copy as object))
    return copy
  })
}

/**
 * What the app gets instead of the browser's promise. It must be the one that follows: to look at the
 * browser's own would handle its rejection, and an unhandled one would no longer be reported.
 */
const followed = (asked: Promise<MediaStream>, { tally, hold }: Opening) =>
  asked.then(
    (stream) => {
      quietly(() => stream.getTracks().forEach((track) => hold('tracks', track)))
      return stream
    },
    (reason: unknown) => {
      tally.failures += 1
      throw reason
    },
  )
