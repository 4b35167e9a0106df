import { expect, onTestFinished, test } from 'vitest'
import { JTL_HEADER, jtlLine, jtlText } from '#testing/jtlText.ts'
import { opfsFile } from '#testing/opfsFile.ts'
import { ImportError } from '../importError.ts'
import { followJtl } from './followJtl.ts'
import type { FollowedState, TailNews } from './tailJtl.ts'

/** A worker takes its time to start on a busy machine. */
const until = <T>(read: () => T) => expect.poll(read, { timeout: 10_000 })

async function setup(name: string, content: string) {
  const file = await opfsFile(name)
  onTestFinished(() => file.remove())
  await file.append(content)
  const news: TailNews[] = []
  const leave = new AbortController()
  onTestFinished(() => leave.abort())
  const following = followJtl(file.handle, {
    name,
    signal: leave.signal,
    onNews: (told) => void news.push(told),
  })
  // What is left by a test that is over concerns nobody.
  following.ended.catch(() => undefined)
  const heard = () => news.flatMap((one) => (one.kind === 'heard' ? one : []))
  const state = (): FollowedState | undefined => heard().at(-1)?.state
  const samples = () => state()?.soFar?.summary.samples
  return { file, following, leave, heard, state, samples }
}

test('a worker follows a file that another task keeps adding to, until it is stopped', async () => {
  const { file, following, heard, samples } = await setup('worker.jtl', `${JTL_HEADER}\n`)
  for (let i = 0; i < 12; i += 1) {
    const line = jtlLine(i, i % 4 === 0 ? 503 : 200, 10 + i, { label: 'GET /büro' })
    const bytes = new TextEncoder().encode(`${line}\n`)
    // Cut in the middle of a line, and of a character.
    const cut = bytes.indexOf(0xc3) + 1
    await file.append(bytes.subarray(0, cut))
    await file.append(bytes.subarray(cut))
  }
  await until(samples).toBe(12)
  following.stop()
  await following.ended
  const observed = heard().flatMap(({ observations }) => observations)
  expect(observed.flatMap(({ errors }) => errors).map((event) => event.route)).toContain(
    'GET /büro',
  )
  const threads = observed.flatMap((one) => one.samples.filter((s) => /threads/.test(s.metric)))
  expect(threads.flatMap(({ series }) => [...series.value])).toEqual(
    Array.from({ length: 12 }, (_, i) => 10 + i),
  )
  expect(observed.flatMap(({ markers }) => markers).at(-1)?.kind).toBe('end')
})

test('cut, replaced and removed files are said to be, and the next one is a run of its own', async () => {
  const { file, state, samples } = await setup('turned.jtl', jtlText(jtlLine(0, 200, 3)))
  await until(samples).toBe(1)
  await file.replace(`${JTL_HEADER}\n`)
  await until(() => state()?.run).toBe(2)
  await file.append(`${jtlLine(60, 200, 5)}\n${jtlLine(61, 200, 5)}\n`)
  await until(samples).toBe(2)
  await file.remove()
  await until(() => state()?.trouble?.why).toBe('gone')
  await file.replace(jtlText(jtlLine(120, 200, 5)))
  await until(() => state()?.trouble).toBeNull()
  await until(samples).toBe(1)
  expect(state()!.run).toBeGreaterThanOrEqual(3)
})

test('a refusal comes out of the worker with its kind', async () => {
  const { following } = await setup('page.har', '{"log":{}}\n')
  await expect(following.ended).rejects.toBeInstanceOf(ImportError)
})

test('one that is left tells nothing more and ends with the reason', async () => {
  const { following, leave, samples } = await setup('left.jtl', jtlText(jtlLine(0, 200, 3)))
  await until(samples).toBe(1)
  const reason = new Error('the screen was left')
  leave.abort(reason)
  await expect(following.ended).rejects.toBe(reason)
})
