import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FileNews, followFile, type GrowingFile } from './followFile.ts'
import { writtenFile, type WrittenFile } from '#testing/writtenFile.ts'

/** Follows a file; every pause takes the next step, and the end of the steps ends the following. */
async function follow(file: GrowingFile, steps: readonly (() => void)[]): Promise<FileNews[]> {
  const waiting = [...steps]
  const heard: FileNews[] = []
  let isOver = false
  const pause = async () => {
    const next = waiting.shift()
    if (next) next()
    else isOver = true
  }
  for await (const news of followFile(file, { pause })) {
    if (isOver) break
    heard.push(news)
  }
  return heard
}

const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
/** The news in short: texts of bytes, and the kinds of what else was heard. */
const inShort = (heard: readonly FileNews[]) =>
  heard.map((news) => {
    if (news.kind === 'bytes') return decode(news.bytes)
    return news.kind === 'level' ? '.' : `(${news.why})`
  })

/** What was given since each beginning. */
function generationsOf(heard: readonly FileNews[]): string[] {
  const generations: Uint8Array[][] = [[]]
  for (const news of heard) {
    if (news.kind === 'bytes') generations.at(-1)!.push(news.bytes)
    if (news.kind === 'anew') generations.push([])
  }
  return generations.map((pieces) => decode(Buffer.concat(pieces)))
}

const after = (text: string, ...changes: ((file: WrittenFile) => void)[]) => {
  const file = writtenFile(text)
  return follow(
    file,
    changes.map((change) => () => change(file)),
  )
}

test('what is there is given first, then what is added, each byte once', async () => {
  const heard = await after(
    'one,',
    (file) => file.append('two,'),
    () => undefined,
    (file) => file.append('three'),
  )
  expect(inShort(heard)).toEqual(['one,', '.', 'two,', '.', '.', 'three', '.'])
})

test('a file that is empty at first is awaited', async () => {
  const heard = await after('', (file) => file.append('first'))
  expect(inShort(heard)).toEqual(['.', 'first', '.'])
})

test('a large file is given in pieces that tell how far it is', async () => {
  const heard = await after('x'.repeat(2_500_000))
  const pieces = heard.filter((news) => news.kind === 'bytes')
  expect(pieces.map(({ readBytes }) => readBytes)).toEqual([1_048_576, 2_097_152, 2_500_000])
  expect(pieces.every(({ sizeBytes }) => sizeBytes === 2_500_000)).toBe(true)
})

test('only what is new is read, and what the file is known by', async () => {
  const file = writtenFile('x'.repeat(3_000_000))
  const reads: number[] = []
  await follow(file, [
    () => void reads.push(file.bytesRead()),
    () => file.append('new'),
    () => void reads.push(file.bytesRead()),
    () => void reads.push(file.bytesRead()),
  ])
  expect(reads[1]! - reads[0]!).toBe(4_096 + 3)
  expect(reads[2]).toBe(reads[1])
})

test('a file that became shorter is read from its beginning', async () => {
  const heard = await after('first run, long', (file) => file.replace('second'))
  expect(inShort(heard)).toEqual(['first run, long', '.', '(shorter)', 'second', '.'])
})

test('a file of the same length or longer whose beginning changed is another one', async () => {
  const heard = await after('run 1, a', (file) => file.replace('run 2, b, c'))
  expect(inShort(heard)).toEqual(['run 1, a', '.', '(other)', 'run 2, b, c', '.'])
})

test('a file that was cut and grew again between two looks is read from its beginning', async () => {
  const long = 'x'.repeat(10_000)
  const heard = await after(`${long}one`, (file) => file.replace(`${long}two and more`))
  expect(inShort(heard).at(-3)).toBe('(other)')
  expect(generationsOf(heard)).toEqual([`${long}one`, `${long}two and more`])
})

test('a file that was only touched goes on', async () => {
  const heard = await after('one', (file) => file.touch())
  expect(inShort(heard)).toEqual(['one', '.', '.'])
})

test('a file that changes between the look and the reading is looked at again', async () => {
  const file = writtenFile('one,')
  const heard = await follow(file, [
    () => {
      file.append('two,')
      file.beforeReading(() => {
        file.beforeReading(null)
        file.append('three')
      })
    },
  ])
  expect(inShort(heard)).toEqual(['one,', '.', 'two,three', '.'])
})

test('a file that is written to without a rest is given look by look', async () => {
  const file = writtenFile()
  let writes = 0
  const restless: GrowingFile = {
    getFile: () => {
      file.append(`${writes++},`)
      return file.getFile()
    },
  }
  const heard = await follow(restless, [() => undefined, () => undefined])
  expect(inShort(heard)).toEqual(['0,', '.', '1,', '.', '2,', '.'])
})

test('a file that can never be read says so, and goes on as soon as it can', async () => {
  const file = writtenFile('one,')
  let attempts = 0
  const heard = await follow(file, [
    () => {
      file.append('two')
      file.beforeReading(() => {
        attempts += 1
        file.touch()
      })
    },
    () => file.beforeReading(null),
  ])
  expect(inShort(heard)).toEqual(['one,', '.', '(unreadable)', 'two', '.'])
  expect(attempts).toBeGreaterThanOrEqual(30)
})

test.each([
  ['NotFoundError', 'gone'],
  ['NotAllowedError', 'barred'],
  ['SecurityError', 'barred'],
])('%s means that the file is %s; it is awaited', async (name, why) => {
  const heard = await after(
    'one,',
    (file) => file.failWith(name),
    () => undefined,
    (file) => {
      file.failWith(null)
      file.append('two')
    },
  )
  expect(inShort(heard)).toEqual(['one,', '.', `(${why})`, `(${why})`, 'two', '.'])
})

test('a failure that is none of a file ends the following', async () => {
  const broken: GrowingFile = { getFile: () => Promise.reject(new TypeError('no handle')) }
  await expect(follow(broken, [])).rejects.toThrow('no handle')
})

/** What may happen to a file; `late` is added between the look and the reading. */
type Change = {
  kind: 'append' | 'late' | 'replace' | 'cut' | 'gone' | 'quiet'
  text: string
}

const line = fc.string({ unit: fc.constantFrom('a', 'ß', '😀', ',', '\n'), maxLength: 12 })
const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('append', 'append', 'late', 'replace', 'cut', 'gone', 'quiet'),
  text: line,
})

test('of every file that stood there, what comes out is what it held, whatever happens to it', async () => {
  await fc.assert(
    fc.asyncProperty(line, fc.array(change, { maxLength: 12 }), async (start, changes) => {
      let run = 0
      /** Every run begins with a number of its own, as a results file does with its times. */
      const begun = (text: string) => `${run++}:${text}`
      const stood = [begun(start)]
      const file = writtenFile(stood[0])
      const append = (text: string) => {
        file.append(text)
        stood.push(stood.pop()! + text)
      }
      const replace = (text: string) => {
        file.replace(text)
        stood.push(text)
      }
      const happen = ({ kind, text }: Change) => {
        file.failWith(kind === 'gone' ? 'NotFoundError' : null)
        if (kind === 'append') append(text)
        if (kind === 'replace') replace(begun(text))
        if (kind === 'cut') replace('')
        if (kind !== 'late') return
        append(text)
        file.beforeReading(() => {
          file.beforeReading(null)
          append(text)
        })
      }
      const heard = await follow(file, [
        ...changes.map((next) => () => happen(next)),
        () => file.failWith(null),
      ])
      const isText = (text: string) => text !== ''
      expect(generationsOf(heard).filter(isText)).toEqual(stood.filter(isText))
    }),
  )
})
