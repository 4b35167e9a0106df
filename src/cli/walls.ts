import { epochMs, SECOND_MS } from '#domain/units.ts'
import { createPageTimer } from '#monitor/pageTimer.ts'
import { repeat } from '#monitor/repeat.ts'
import { createEventLog } from '#recorder/eventLog.ts'
import { mayReadMetrics } from '#recorder/http/recorderAnswers.ts'
import { createSecretBook } from '#recorder/secretBook.ts'
import type { Mount } from '#recorder/staticServer.ts'
import { createWallBook, type WallState } from '#recorder/walls/wallBook.ts'
import { wallAnswerer, WALLS_PATH } from '#recorder/walls/wallDoor.ts'
import type { CommandIo } from './command.ts'
import type { Recording } from './recording.ts'

const LOOK_EVERY_MS = 5 * SECOND_MS

const EVENTS: Readonly<Record<WallState, string>> = {
  lit: 'wall_lit',
  blind: 'wall_blind',
  dark: 'wall_dark',
}

/** The walls that beat at this server: a line in the log for each that changes, and one address that tells of all. */
export function openWalls(recording: Recording | null, io: CommandIo) {
  const now = () => epochMs(Date.now())
  const log = recording?.log ?? createEventLog({ write: io.out, now, secrets: createSecretBook() })
  const book = createWallBook({
    now,
    changed: ({ name, state, since }) =>
      log(state === 'lit' ? 'info' : 'warn', EVENTS[state], {
        wall: name,
        since: new Date(since).toISOString(),
      }),
  })
  const mayRead = (authorization: string | undefined) =>
    recording === null || mayReadMetrics(recording.voice, authorization)
  const mount: Mount = {
    prefix: WALLS_PATH,
    methods: ['POST'],
    answer: wallAnswerer(book, mayRead),
  }
  let stop: () => void = () => undefined
  return {
    mount,
    /** Looks now and then from now on, so that a wall that falls silent is told of. */
    begin() {
      stop = repeat(createPageTimer(), LOOK_EVERY_MS, () => void book.look())
    },
    stop: () => stop(),
  }
}
