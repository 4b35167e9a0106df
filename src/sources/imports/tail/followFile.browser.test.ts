import { expect, onTestFinished, test } from 'vitest'
import { opfsFile } from '#testing/opfsFile.ts'
import { type FileNews, followFile } from './followFile.ts'

/** A turn of the event loop: the file is looked at again as soon as others have had their turn. */
const pause = () => new Promise<void>((resolve) => setTimeout(resolve))

async function setup(name: string) {
  const file = await opfsFile(name)
  onTestFinished(() =>
    file.remove().catch((error: DOMException) => expect(error.name).toBe('NotFoundError')),
  )
  const news = followFile(file.handle, { pause })
  /** Listens until something is heard that fits, and gives all since the last time. */
  const until = async (isLast: (heard: readonly FileNews[]) => boolean) => {
    const heard: FileNews[] = []
    while (!isLast(heard)) heard.push((await news.next()).value)
    return heard
  }
  return { file, until }
}

const textOf = (heard: readonly FileNews[]) => {
  const decoder = new TextDecoder()
  const pieces = heard.map((news) =>
    news.kind === 'bytes' ? decoder.decode(news.bytes, { stream: true }) : '',
  )
  return pieces.join('') + decoder.decode()
}
const isLevel = (heard: readonly FileNews[]) => heard.at(-1)?.kind === 'level'
const hasText = (text: string) => (heard: readonly FileNews[]) =>
  textOf(heard) === text && isLevel(heard)
const last = (kind: FileNews['kind']) => (heard: readonly FileNews[]) => heard.at(-1)?.kind === kind

test('bytes that another task keeps adding come out once each, characters cut in two included', async () => {
  const { file, until } = await setup('growing.jtl')
  const whole = 'Zeile,"Köln 😀",503\n'.repeat(40)
  const bytes = new TextEncoder().encode(whole)
  const writing = (async () => {
    for (let at = 0; at < bytes.length; at += 37) await file.append(bytes.subarray(at, at + 37))
  })()
  const heard = await until(hasText(whole))
  await writing
  expect(heard.filter(({ kind }) => kind === 'bytes').length).toBeGreaterThan(1)
  expect(heard.filter(({ kind }) => kind === 'anew' || kind === 'trouble')).toEqual([])
})

test('a file that is replaced by a shorter one, then by a longer one, begins anew each time', async () => {
  const { file, until } = await setup('replaced.jtl')
  await file.append('first run, quite long')
  await until(isLevel)
  await file.replace('second')
  expect((await until(last('anew'))).at(-1)).toEqual({ kind: 'anew', why: 'shorter' })
  await until(hasText('second'))
  await file.replace('third run, longer')
  expect((await until(last('anew'))).at(-1)).toEqual({ kind: 'anew', why: 'other' })
  await until(hasText('third run, longer'))
})

test('a file that is removed is gone until there is one of its name again', async () => {
  const { file, until } = await setup('removed.jtl')
  await file.append('first run')
  await until(isLevel)
  await file.remove()
  expect((await until(last('trouble'))).at(-1)).toMatchObject({ why: 'gone' })
  await file.replace('second run')
  await until(last('anew'))
  await until(hasText('second run'))
})
