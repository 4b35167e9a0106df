import { expect, test } from 'vitest'
import { createTurns } from './turns.ts'

function setup() {
  let afterFrame: (() => void)[] = []
  const turns = createTurns((call) => {
    afterFrame.push(call)
    return () => {
      afterFrame = afterFrame.filter((other) => other !== call)
    }
  })
  const frame = () => {
    const calls = afterFrame
    afterFrame = []
    for (const call of calls) call()
  }
  const done: string[] = []
  return { ...turns, frame, done, isWaiting: () => afterFrame.length > 0 }
}

test('each has a frame of its own, in the order of asking', () => {
  const { wait, frame, done, isWaiting } = setup()
  for (const name of ['a', 'b', 'c']) wait(() => void done.push(name))
  expect(done).toEqual([])
  frame()
  expect(done).toEqual(['a'])
  frame()
  frame()
  expect(done).toEqual(['a', 'b', 'c'])
  expect(isWaiting()).toBe(false)
})

test('who leaves loses the turn, and the others move up', () => {
  const { wait, frame, done } = setup()
  wait(() => void done.push('a'))
  const leave = wait(() => void done.push('b'))
  wait(() => void done.push('c'))
  leave()
  frame()
  frame()
  expect(done).toEqual(['a', 'c'])
})

test('one that asks during a turn comes after those who wait', () => {
  const { wait, frame, done } = setup()
  wait(() => wait(() => void done.push('late')))
  wait(() => void done.push('early'))
  for (let i = 0; i < 3; i++) frame()
  expect(done).toEqual(['early', 'late'])
})

test('stopped, nobody is called any more', () => {
  const { wait, stop, frame, done, isWaiting } = setup()
  wait(() => void done.push('a'))
  stop()
  expect(isWaiting()).toBe(false)
  frame()
  expect(done).toEqual([])
})
