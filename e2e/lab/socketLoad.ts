import { appendFileSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { closeGuests, openGuests } from '../support/guestSockets.ts'
import { ITERATIONS, type LoadShape } from './loadShape.ts'

/** How many handshakes were answered with which status. */
export type Answers = { accepted: number; refused: number }

const HEADER =
  'timeStamp,elapsed,label,responseCode,responseMessage,threadName,success,grpThreads,allThreads\n'

/** The load of `jmeter/sockets.jmx` with the `ws` package, results file included: where there is no JMeter. */
export async function playSockets(
  serverUrl: string,
  jtl: string,
  shape: LoadShape,
): Promise<Answers> {
  const answers: Answers = { accepted: 0, refused: 0 }
  let active = 0
  writeFileSync(jtl, HEADER)

  async function client(iteration: number, number: number) {
    await pause((1_000 * shape.rampSec * number) / shape.clients)
    active += 1
    const until = Date.now() + 1_000 * shape.iterationSec
    let goesOn = true
    while (goesOn) {
      const begunAt = Date.now()
      const [attempt] = await openGuests(serverUrl, 1)
      const { status } = attempt!
      const isOpen = status === 101
      answers[isOpen ? 'accepted' : 'refused'] += 1
      const name = `iteration ${iteration} ${iteration}-${number + 1}`
      const outcome = isOpen ? '101,Switching Protocols' : `${status},refused`
      const elapsed = Date.now() - begunAt
      appendFileSync(
        jtl,
        `${begunAt},${elapsed},open a socket,${outcome},${name},${isOpen},${active},${active}\n`,
      )
      await pause(isOpen ? shape.holdMs : shape.retryMs)
      await closeGuests([attempt!])
      goesOn = begunAt < until
    }
    active -= 1
  }

  for (let iteration = 1; iteration <= ITERATIONS; iteration += 1)
    await Promise.all(Array.from({ length: shape.clients }, (_, i) => client(iteration, i)))
  return answers
}

/**
 * A few users who come and go all the time, whatever else is tested: attempts that every bin of the
 * evidence has. `stop` gives what they were answered, once all have left.
 */
export function startUsers(serverUrl: string, users: number) {
  const answers: Answers = { accepted: 0, refused: 0 }
  const leaving = new AbortController()
  async function user(number: number) {
    await pause(500 * number)
    while (!leaving.signal.aborted) {
      const [attempt] = await openGuests(serverUrl, 1)
      answers[attempt!.status === 101 ? 'accepted' : 'refused'] += 1
      await pause(1_500)
      await closeGuests([attempt!])
    }
  }
  const all = Promise.all(Array.from({ length: users }, (_, i) => user(i)))
  return {
    async stop(): Promise<Answers> {
      leaving.abort()
      await all
      return answers
    },
  }
}
