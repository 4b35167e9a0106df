import { expect, test } from 'vitest'
import { createSteeredClock } from '#testing/steeredClock.ts'
import { entryOf, watchVersion } from './versionWatch.ts'

const pageOf = (entry: string) =>
  `<!doctype html><script>1</script><script type="module" crossorigin src="${entry}"></script>`
const script = { headers: { 'Content-Type': 'text/javascript' } }

function setup({ isBarred = false } = {}) {
  const { timer, advance } = createSteeredClock()
  const kept = new Map<string, string>()
  const state = { entry: '/assets/index-old.js', isScriptThere: true, isSafe: true, reloads: 0 }
  const begin = () =>
    watchVersion({
      ownEntry: '/assets/index-old.js',
      fetch: async (path) => {
        if (path === '/') return new Response(pageOf(state.entry))
        return state.isScriptThere ? new Response('', script) : new Response('<html>')
      },
      storage: {
        getItem: (key) => kept.get(key) ?? null,
        setItem: (key, value) => {
          if (isBarred) throw new DOMException('full', 'QuotaExceededError')
          kept.set(key, value)
        },
      },
      timer,
      isSafe: () => state.isSafe,
      reload: () => void (state.reloads += 1),
    })
  return { state, advance, begin }
}

test('the same build is left alone, another one is loaded within a minute, once', async () => {
  const { state, advance, begin } = setup()
  begin()
  await advance(180_000)
  expect(state.reloads).toBe(0)
  state.entry = '/assets/index-new.js'
  await advance(60_000)
  expect(state.reloads).toBe(1)
  // An old page came back from some cache: not again for the same build.
  begin()
  await advance(600_000)
  expect(state.reloads).toBe(1)
  state.entry = '/assets/index-newest.js'
  await advance(60_000)
  expect(state.reloads).toBe(2)
})

test('a server in the middle of its update is waited for', async () => {
  const { state, advance, begin } = setup()
  begin()
  Object.assign(state, { entry: '/assets/index-new.js', isScriptThere: false })
  await advance(120_000)
  expect(state.reloads).toBe(0)
  state.isScriptThere = true
  await advance(60_000)
  expect(state.reloads).toBe(1)
})

test('what a reload would lose is kept, and where nothing can be remembered nothing is reloaded', async () => {
  const unsafe = setup()
  unsafe.begin()
  Object.assign(unsafe.state, { entry: '/assets/index-new.js', isSafe: false })
  await unsafe.advance(120_000)
  expect(unsafe.state.reloads).toBe(0)
  const barred = setup({ isBarred: true })
  barred.begin()
  barred.state.entry = '/assets/index-new.js'
  await barred.advance(120_000)
  expect(barred.state.reloads).toBe(0)
})

test('the entry is the module script of a page, wherever its attributes stand', () => {
  expect(entryOf(pageOf('/assets/a.js'))).toBe('/assets/a.js')
  expect(entryOf('<script src="/b.js?v=1" type="module"></script>')).toBe('/b.js')
  expect(entryOf('<script src="/classic.js"></script>')).toBeNull()
})
