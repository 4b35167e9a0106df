import { expect, test } from 'vitest'
import { json } from '#testing/answering.ts'
import { connectedNetwork } from '#testing/connectedNetwork.ts'
import { readQueues } from './readQueues.ts'

const queue = (i: number) => ({ id: `q-${i}`, name: `Queue ${i}`, memberCount: 3 })

function setup(answer: Parameters<typeof connectedNetwork>[0]) {
  const { connection, ...network } = connectedNetwork(answer)
  return { ...network, read: () => readQueues(network.context, connection) }
}

test('all pages are read, each queue once, by name', async () => {
  const { read, asked } = setup((_request, index) =>
    json({
      // The list moved while it was read: the last of a page comes again.
      entities: index === 0 ? [queue(3), queue(1)] : [queue(1), queue(2), { id: 'x', name: '' }],
      pageCount: 2,
    }),
  )
  const { queues, isWhole } = await read()
  expect(queues.map(({ name }) => name)).toEqual(['Queue 1', 'Queue 2', 'Queue 3', 'x'])
  expect(isWhole).toBe(true)
  expect(asked.map(({ url }) => url.searchParams.get('pageNumber'))).toEqual(['1', '2'])
  expect(asked[0]!.url.pathname).toBe('/api/v2/routing/queues')
})

test('without a number of pages a short one is the last', async () => {
  const full = Array.from({ length: 100 }, (_, i) => queue(i))
  const { read, asked } = setup((_request, index) =>
    json({ entities: index === 0 ? full : [queue(100)] }),
  )
  expect((await read()).queues).toHaveLength(101)
  expect(asked).toHaveLength(2)
})

test('a list without an end is said to be cut off', async () => {
  const { read } = setup((_request, index) =>
    json({ entities: [queue(index)], pageCount: 1_000_000 }),
  )
  const { queues, isWhole } = await read()
  expect([queues.length, isWhole]).toEqual([50, false])
})

test('a missing permission is named, an odd reply is no list', async () => {
  const forbidden = setup(() => json({ code: 'missing.permissions', status: 403 }, { status: 403 }))
  await expect(forbidden.read()).rejects.toMatchObject({
    kind: 'forbidden',
    details: { permission: 'routing:queue:view' },
  })
  const odd = setup(() => json({ entities: [{ id: 'a' }] }))
  await expect(odd.read()).rejects.toThrow('entities[0].name is missing')
})
