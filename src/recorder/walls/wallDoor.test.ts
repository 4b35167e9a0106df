import { afterEach, beforeEach, expect, test } from 'vitest'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { epochMs } from '#domain/units.ts'
import { createWallBook, type Wall } from './wallBook.ts'
import { wallAnswerer } from './wallDoor.ts'

let server: Server
let url: string
let told: Wall[]

beforeEach(async () => {
  told = []
  const book = createWallBook({
    now: () => epochMs(1_000),
    changed: (wall) => void told.push(wall),
  })
  const answer = wallAnswerer(book, (authorization) => authorization === 'Bearer right')
  server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterEach(() => new Promise<void>((done) => void server.close(() => done())))

const post = (body: string, headers: Record<string, string> = { origin: url }) =>
  fetch(`${url}/walls`, { method: 'POST', body, headers })
const beatOf = (name: string, isBlind = false) => JSON.stringify({ name, isBlind })

test('a beat of a page of this server is taken, and its wall can be read with the bearer', async () => {
  expect((await post(beatOf('NOC left'))).status).toBe(204)
  expect((await fetch(`${url}/walls`)).status).toBe(401)
  const read = await fetch(`${url}/walls`, { headers: { authorization: 'Bearer right' } })
  expect(await read.json()).toEqual({
    walls: [{ name: 'NOC left', state: 'lit', since: 1_000, lastBeatAt: 1_000 }],
  })
})

test('behind a proxy the browser’s own word is enough', async () => {
  const headers = { origin: 'https://tidemark.example', 'sec-fetch-site': 'same-origin' }
  expect((await post(beatOf('NOC left'), headers)).status).toBe(204)
})

test.each([
  ['another page', beatOf('x'), { origin: 'https://evil.example' }, 403],
  ['no page at all', beatOf('x'), {}, 403],
  ['no JSON', '<html>', undefined, 400],
  ['a name with a line break', beatOf('x\n{"event":"forged"}'), undefined, 400],
  ['no name', beatOf(''), undefined, 400],
  ['a long name', beatOf('x'.repeat(61)), undefined, 400],
  ['a flood in one beat', beatOf('x'.repeat(5_000)), undefined, 413],
])('a beat of %s is refused, and tells of no wall', async (_, body, headers, status) => {
  expect((await post(body, headers)).status).toBe(status)
  expect(told).toEqual([])
})
