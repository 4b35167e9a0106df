import { expect, test } from 'vitest'
import { createWakeLock } from './wakeLock.ts'

function setup({ refuses = false } = {}) {
  let isVisible = true
  const looks = new Set<() => void>()
  const sentinels: { release: () => Promise<void>; let: () => void }[] = []
  const request = async () => {
    if (refuses) throw new DOMException('no', 'NotAllowedError')
    let released: () => void = () => undefined
    const sentinel = {
      release: async () => released(),
      addEventListener: (_: string, call: () => void) => {
        released = call
      },
    }
    sentinels.push({ release: sentinel.release, let: () => released() })
    return sentinel as unknown as WakeLockSentinel
  }
  const document = {
    get visibilityState() {
      return isVisible ? ('visible' as const) : ('hidden' as const)
    },
    addEventListener: (_: string, call: () => void) => void looks.add(call),
    removeEventListener: (_: string, call: () => void) => void looks.delete(call),
  }
  const keeper = createWakeLock({ wakeLock: { request }, document: document as never })
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  return {
    keeper,
    sentinels,
    looks,
    turn,
    show: async (visible: boolean) => {
      isVisible = visible
      if (!visible) sentinels.at(-1)?.let()
      for (const look of looks) look()
      await turn()
    },
  }
}

test('the lock is asked for again when the page is seen again', async () => {
  const { keeper, sentinels, show, turn } = setup()
  keeper.start()
  await turn()
  expect(keeper.state()).toBe('held')
  await show(false)
  expect(keeper.state()).toBe('withheld')
  await show(true)
  expect(keeper.state()).toBe('held')
  expect(sentinels).toHaveLength(2)
})

test('a refusal is told, and a browser without locks says that it has none', async () => {
  const { keeper, turn } = setup({ refuses: true })
  const heard: string[] = []
  keeper.subscribe(() => heard.push(keeper.state()))
  keeper.start()
  await turn()
  expect(heard).toEqual(['withheld'])
  const none = createWakeLock({ wakeLock: undefined, document: {} as never })
  expect(none.state()).toBe('absent')
})

test('a wall that is left listens no more', async () => {
  const { keeper, looks, turn } = setup()
  const leave = keeper.start()
  await turn()
  leave()
  expect(looks.size).toBe(0)
})
