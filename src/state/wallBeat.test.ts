import { expect, test } from 'vitest'
import { createSteeredClock, settled } from '#testing/steeredClock.ts'
import { startBeating } from './wallBeat.ts'

function setup(answer: () => Promise<Response>) {
  const { timer, advance } = createSteeredClock()
  const beats: unknown[] = []
  let isBlind = false
  const stop = startBeating({
    name: 'NOC left',
    isBlind: () => isBlind,
    timer,
    fetch: (url, { method, body }) => {
      beats.push([method, url, JSON.parse(body as string)])
      return answer()
    },
  })
  return { beats, advance, stop, blind: () => (isBlind = true) }
}

const answered = (status: number) => () => Promise.resolve(new Response(null, { status }))

test('a wall beats at once, and says when it sees nothing', async () => {
  const { beats, advance, blind, stop } = setup(answered(204))
  blind()
  await advance(30_000)
  expect(beats).toEqual([
    ['POST', '/walls', { name: 'NOC left', isBlind: false }],
    ['POST', '/walls', { name: 'NOC left', isBlind: true }],
  ])
  stop()
  await advance(300_000)
  expect(beats).toHaveLength(2)
})

test('a server that is away is told again, one that knows no walls is not', async () => {
  const away = setup(() => Promise.reject(new TypeError('fetch failed')))
  await away.advance(90_000)
  expect(away.beats).toHaveLength(4)
  const other = setup(answered(404))
  await settled()
  await other.advance(300_000)
  expect(other.beats).toHaveLength(1)
})
