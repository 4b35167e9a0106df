import { expect, test } from 'vitest'
import { STOPPED } from '#monitor/poll.ts'
import { json } from '#testing/answering.ts'
import { connectedNetwork } from '#testing/connectedNetwork.ts'
import { queueListing } from './queueListing.ts'

function setup(answer: Parameters<typeof connectedNetwork>[0]) {
  const { connection, context } = connectedNetwork(answer)
  return {
    connection,
    monitor: { ask: <T>(work: (of: typeof context) => Promise<T>) => work(context) },
  }
}

test('the queues of an organisation are listed on its budget', async () => {
  const { monitor, connection } = setup(() =>
    json({ entities: [{ id: 'q-1', name: 'Sales' }], pageCount: 1 }),
  )
  expect(await queueListing(monitor, connection)).toEqual({
    kind: 'read',
    queues: [{ id: 'q-1', name: 'Sales' }],
    isWhole: true,
  })
})

test('why they cannot be listed is said in a sentence, a missing permission by its name', async () => {
  const forbidden = setup(() => json({ code: 'missing.permissions', status: 403 }, { status: 403 }))
  expect(await queueListing(forbidden.monitor, forbidden.connection)).toEqual({
    kind: 'fails',
    problem: 'Permission missing: routing:queue:view.',
  })
  const odd = setup(() => json({ entities: 3 }))
  const answer = await queueListing(odd.monitor, odd.connection)
  expect(answer).toMatchObject({ kind: 'fails', problem: expect.stringContaining('entities is 3') })
})

test('a watch that ends meanwhile is no failure of the organisation', async () => {
  const { connection } = setup(() => json({}))
  const monitor = { ask: () => Promise.reject(STOPPED) }
  expect(await queueListing(monitor, connection)).toEqual({
    kind: 'fails',
    problem: 'The watch was started anew meanwhile.',
  })
})
