import { expect, test } from 'vitest'
import { orgId } from '#domain/units.ts'
import { markFollowed, untilUnfollowed } from './followMark.ts'

const never = new AbortController().signal

function following() {
  let end!: () => void
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  return { ended, end }
}

test('where no tab follows a file there is nothing to wait for', async () => {
  await untilUnfollowed(orgId('mark-none'), never)
})

test('one waits until the last tab that follows a file has ended, however it ended', async () => {
  const org = orgId('mark-two')
  const [one, two] = [following(), following()]
  markFollowed(org, one.ended)
  markFollowed(
    org,
    two.ended.then(() => Promise.reject(new Error('refused'))),
  )
  const log: string[] = []
  const waited = untilUnfollowed(org, never).then(() => log.push('unfollowed'))
  one.end()
  // Another organisation's turn passes meanwhile.
  await untilUnfollowed(orgId('mark-other'), never)
  log.push('one ended')
  two.end()
  await waited
  expect(log).toEqual(['one ended', 'unfollowed'])
})

test('the wait can be called off', async () => {
  const org = orgId('mark-off')
  const one = following()
  markFollowed(org, one.ended)
  const stop = new AbortController()
  const waited = untilUnfollowed(org, stop.signal)
  const reason = new Error('left')
  stop.abort(reason)
  await expect(waited).rejects.toBe(reason)
  one.end()
})
