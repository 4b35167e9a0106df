import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createByteDictionary, NOT_HELD } from './byteDictionary.ts'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const decode = (bytes: Uint8Array) => decoder.decode(bytes)

test('texts are numbered in the order in which they come, equal ones alike', () => {
  const dictionary = createByteDictionary()
  const ids = ['200', '503', '', '200', 'é', '', '503'].map(dictionary.idOfText)
  expect(ids).toEqual([0, 1, 2, 0, 3, 2, 1])
  expect(ids.map(dictionary.text)).toEqual(['200', '503', '', '200', 'é', '', '503'])
  expect(dictionary.size()).toBe(4)
})

test('a full dictionary knows what it has and holds nothing more', () => {
  const dictionary = createByteDictionary(2)
  const ids = ['a', 'b', 'c', 'a', 'd', 'b'].map(dictionary.idOfText)
  expect(ids).toEqual([0, 1, NOT_HELD, 0, NOT_HELD, 1])
  expect(dictionary.size()).toBe(2)
})

test('a thousand texts keep their numbers while the dictionary grows', () => {
  const dictionary = createByteDictionary()
  const texts = Array.from({ length: 1_000 }, (_, i) => `Agents 1-${i}`)
  const ids = texts.map(dictionary.idOfText)
  expect(texts.map(dictionary.idOfText)).toEqual(ids)
  expect(ids.map(dictionary.text)).toEqual(texts)
})

test('there are as many numbers as distinct texts, also of bytes that are no UTF-8', () => {
  const cell = fc.oneof(
    fc.uint8Array({ maxLength: 6 }),
    fc.constantFrom([0xff], [0xfe], [0xe2, 0x82], [0xef, 0xbf, 0xbd], [0xef, 0xbb, 0xbf], []),
  )
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 60 }), (cells) => {
      const dictionary = createByteDictionary()
      const bytes = cells.map((one) => Uint8Array.from(one))
      const ids = bytes.map((one) => dictionary.idOf(new DataView(one.buffer), 0, one.length))
      expect(ids.map(dictionary.text)).toEqual(bytes.map(decode))
      expect(dictionary.size()).toBe(new Set(bytes.map(decode)).size)
    }),
  )
})
