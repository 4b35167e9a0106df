import { expect, test } from 'vitest'
import { createChime } from './chime.ts'

test('sound that was never asked for stays silent, and playing it harms nothing', () => {
  const chime = createChime()
  expect(chime.isUnlocked()).toBe(false)
  expect(() => chime.play('critical')).not.toThrow()
})

test('whether sound is there is what unlocking answers', async () => {
  const chime = createChime()
  const answer = await chime.unlock()
  expect(chime.isUnlocked()).toBe(answer)
  expect(() => chime.play('warn')).not.toThrow()
})
