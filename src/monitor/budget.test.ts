import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSteeredClock, settled } from '#testing/steeredClock.ts'
import { createBudget } from './budget.ts'

const never = () => new AbortController().signal

function setup() {
  const steered = createSteeredClock()
  const budget = createBudget(steered)
  const sentAt: number[] = []
  /** Asks for a place, keeps it for a while, hands it back. */
  async function send(forMs = 0) {
    const release = await budget.acquire(never())
    sentAt.push(steered.now())
    if (forMs === 0) release()
    else steered.timer.after(forMs, release)
  }
  return { ...steered, budget, send, sentAt }
}

/** The most requests within any stretch of this length. */
function mostWithin(times: readonly number[], lengthMs: number): number {
  let start = 0
  return times.reduce((most, at, end) => {
    while (times[start]! <= at - lengthMs) start += 1
    return Math.max(most, end - start + 1)
  }, 0)
}

test('takes half of what is documented until told otherwise', () => {
  const { budget } = setup()
  expect(budget.allowedPerMinute()).toBe(150)
  budget.setAllowed(60)
  expect(budget.allowedPerMinute()).toBe(30)
})

test.each([0, -1, NaN, Infinity])('an allowance of %s is nonsense and changes nothing', (value) => {
  const { budget } = setup()
  budget.setAllowed(value)
  expect(budget.allowedPerMinute()).toBe(150)
})

test('no minute whatever holds more than half of what is allowed, however hard it is pressed', async () => {
  const { advance, send, sentAt } = setup()
  for (let i = 0; i < 1000; i++) void send(50)
  await advance(180_000)
  expect(mostWithin(sentAt, 60_000)).toBeLessThanOrEqual(150)
  expect(sentAt.length).toBeGreaterThan(420)
})

test('no more than five requests are in flight; the sixth goes when one comes back', async () => {
  const { advance, budget, send, sentAt } = setup()
  for (let i = 0; i < 6; i++) void send(1_000)
  await advance(900)
  expect(budget.inFlight()).toBe(5)
  expect(sentAt).toHaveLength(5)
  await advance(200)
  expect(sentAt).toHaveLength(6)
  await advance(2_000)
  expect(budget.inFlight()).toBe(0)
})

test('a place handed back twice is one place', async () => {
  const { budget } = setup()
  const release = await budget.acquire(never())
  release()
  release()
  expect(budget.inFlight()).toBe(0)
})

test('who gives up waiting leaves the queue and rejects with the reason', async () => {
  const { budget, advance, send, sentAt } = setup()
  budget.refused(10_000)
  const controller = new AbortController()
  const gaveUp = budget.acquire(controller.signal).catch((reason: unknown) => reason)
  void send()
  controller.abort('stopped')
  expect(await gaveUp).toBe('stopped')
  await advance(10_000)
  expect(sentAt).toHaveLength(1)
  expect(budget.inFlight()).toBe(0)
  await expect(budget.acquire(controller.signal)).rejects.toBe('stopped')
})

test('nothing goes out while the server asks to wait', async () => {
  const { advance, budget, send, sentAt, now } = setup()
  const start = now()
  budget.refused(30_000)
  budget.refused(5_000)
  void send()
  expect(budget.waitMs()).toBe(30_000)
  await advance(29_999)
  expect(sentAt).toHaveLength(0)
  await advance(1)
  expect(sentAt).toEqual([start + 30_000])
})

test('a refusal leaves room beside 80 % of the allowance for ten minutes, then the half is back', async () => {
  const { advance, budget } = setup()
  budget.setAllowed(180)
  budget.refused(30_000)
  await advance(9 * 60_000)
  expect(budget.allowedPerMinute()).toBeLessThan(180 * 0.2)
  await advance(61_000)
  expect(budget.allowedPerMinute()).toBe(90)
})

test('one request a minute means one in two minutes for Tidemark', async () => {
  const { advance, budget, send, sentAt } = setup()
  budget.setAllowed(1)
  for (let i = 0; i < 4; i++) void send()
  await advance(6 * 60_000)
  expect(sentAt).toHaveLength(4)
  expect(mostWithin(sentAt, 120_000)).toBe(1)
})

test('a crowded allowance slows Tidemark down before anything is refused', async () => {
  const { advance, budget, send, sentAt } = setup()
  for (let i = 0; i < 15; i++) void send()
  await advance(0)
  sentAt.length = 0
  budget.observe({ count: 240, allowed: 300, resetMs: null })
  expect(budget.allowedPerMinute()).toBe(30)
  for (let i = 0; i < 100; i++) void send()
  await advance(20_000)
  expect(sentAt.length).toBeLessThanOrEqual(10)
  expect(sentAt.length).toBeGreaterThan(5)
})

test('an allowance that is nearly used up is left alone until the minute is over', async () => {
  const { advance, budget, send, sentAt } = setup()
  budget.observe({ count: 270, allowed: 300, resetMs: 22_000 })
  void send()
  await advance(21_900)
  expect(sentAt).toHaveLength(0)
  await advance(10_000)
  expect(sentAt).toHaveLength(1)
})

test('an old reading of a crowded allowance is forgotten', async () => {
  const { advance, budget } = setup()
  budget.observe({ count: 240, allowed: 300, resetMs: null })
  await advance(61_000)
  expect(budget.allowedPerMinute()).toBe(150)
})

test('headers that say nothing change nothing', () => {
  const { budget } = setup()
  budget.observe({ count: null, allowed: 300, resetMs: null })
  budget.observe({ count: 10, allowed: 0, resetMs: null })
  expect(budget.waitMs()).toBe(0)
})

test('a clock set back does not freeze the budget', async () => {
  const { advance, setClock, send, sentAt, budget } = setup()
  budget.refused(5_000)
  for (let i = 0; i < 30; i++) void send()
  await advance(1_000)
  setClock(-3_600_000)
  await advance(30_000)
  expect(sentAt).toHaveLength(30)
})

test('an hour beside a noisy neighbour brings no 429', async () => {
  const { advance, budget, timer, now } = setup()
  let minute = 0
  let count = 0
  let refused = 0
  /** The server counts everybody's requests per minute of its own. */
  function arrives() {
    if (Math.floor(now() / 60_000) !== minute) count = 0
    minute = Math.floor(now() / 60_000)
    count += 1
    return { count, allowed: 300, resetMs: 60_000 - (now() % 60_000) }
  }
  const neighbour = () => {
    arrives()
    // 282 requests a minute: Tidemark's usual 60 on top of it would be too many.
    timer.after(60_000 / 282, neighbour)
  }
  async function own(): Promise<void> {
    const release = await budget.acquire(never())
    timer.after(80, () => {
      const reading = arrives()
      if (reading.count > 300) refused += 1
      budget.observe(reading)
      release()
    })
  }
  const poll = () => {
    void own()
    timer.after(1_000, poll)
  }
  neighbour()
  poll()
  await advance(3_600_000)
  expect(refused).toBe(0)
}, 30_000)

test('whatever is asked when, no minute is over half and never more than five are in flight', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(8_000), fc.integer({ min: 1, max: 40 }), fc.nat(9_000)), {
        minLength: 1,
        maxLength: 12,
      }),
      fc.integer({ min: 2, max: 400 }),
      async (bursts, allowed) => {
        const { advance, budget, send, sentAt } = setup()
        budget.setAllowed(allowed)
        let most = 0
        for (const [pauseMs, requests, forMs] of bursts) {
          for (let i = 0; i < requests; i++) void send(forMs)
          await settled()
          most = Math.max(most, budget.inFlight())
          await advance(pauseMs)
          most = Math.max(most, budget.inFlight())
        }
        await advance(70_000)
        expect(most).toBeLessThanOrEqual(5)
        expect(mostWithin(sentAt, 60_000)).toBeLessThanOrEqual(Math.max(1, allowed / 2))
      },
    ),
    { numRuns: 25 },
  )
}, 30_000)
